// The checklist as a file, `withhold/checklist/1`: read here again, or by `withhold import`.

const SCHEMA = "withhold/checklist/1";
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = (one, most) => typeof one === "string" && one.length <= most;

export function written(state, accounts, { built, saved, lang }) {
  const ticks = Object.entries(state.ticks).map(([step, one]) => ({ step, ...one }));
  const body = {
    schema: SCHEMA,
    guide: built,
    saved,
    place: state.place,
    lang,
    menu_lang: state.menu,
    kind: state.kind,
    audience: ["business", "page"].includes(state.kind) ? "public" : state.audience,
    accounts: accounts.map(({ platform, name }) => ({ platform, name })),
    ticks,
  };
  return JSON.stringify(body, null, 2);
}

// The state in a file; `left` counts entries that no sense could be made of, `why` says that there
// was no checklist in it at all. A file is a stranger's until it has been looked at.
export function read(body, today) {
  let found;
  try {
    found = JSON.parse(body);
  } catch {
    return { why: "form" };
  }
  if (!found || typeof found !== "object" || !text(found.schema, 60)) return { why: "form" };
  if (found.schema !== SCHEMA) return { why: found.schema.startsWith("withhold/checklist/") ? "newer" : "form" };
  let left = 0;
  const platforms = [];
  const blogs = {};
  for (const one of Array.isArray(found.accounts) ? found.accounts : []) {
    if (!text(one?.platform, 60) || !text(one?.name ?? "", 100)) left += 1;
    else {
      if (!platforms.includes(one.platform)) platforms.push(one.platform);
      if (one.name) (blogs[one.platform] ??= []).push(one.name);
    }
  }
  const ticks = {};
  for (const one of Array.isArray(found.ticks) ? found.ticks : []) {
    const fits = text(one?.step, 200) && text(one?.account, 200) && text(one?.value, 40) && DAY.test(one?.on);
    if (!fits || one.on > today || Number.isNaN(Date.parse(one.on))) left += 1;
    else ticks[one.step] = { account: one.account, value: one.value, on: one.on };
  }
  const state = { platforms, blogs, ticks };
  for (const [name, from] of [["place", "place"], ["kind", "kind"], ["audience", "audience"], ["menu", "menu_lang"]]) {
    if (text(found[from], 20)) state[name] = found[from];
  }
  return { state, left };
}
