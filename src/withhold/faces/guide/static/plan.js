// Which steps, in which order: put together of the plans that were written when the guide was built.

const files = new Map(); // platform -> its document; one that could not be read is not there

const sound = (file) => Array.isArray(file?.plans) && Boolean(file.chosen);

// Loads what is not there yet. What cannot be loaded is asked for again the next time.
export async function load(platforms) {
  await Promise.all(platforms.filter((one) => !files.has(one)).map(async (platform) => {
    try {
      const answer = await fetch(`checklist/${platform}.json`);
      const file = answer.ok ? await answer.json() : null;
      if (sound(file)) files.set(platform, file);
    } catch {
      // told by the list, with a link to the page that says the same
    }
  }));
}

export const lost = (platforms) => platforms.filter((one) => !files.has(one));

// `blog` or `site` where each of them has a switch of its own.
export const per = (platform) => files.get(platform)?.per ?? "account";

export function accounts(state) {
  return state.platforms.flatMap((platform) => {
    const blogs = state.blogs[platform] ?? [];
    return (blogs.length ? blogs : [""]).map((name) => ({
      platform, name, key: name ? `${platform}:${name}` : platform, several: blogs.length > 1,
    }));
  });
}

function chosen(account, state, alike) {
  const file = files.get(account.platform);
  const audience = ["business", "page"].includes(state.kind) ? "public" : state.audience;
  return file.plans[file.chosen[`${state.kind}-${audience}`][alike]];
}

const of = (account) => (step) => ({
  ...step,
  id: account.several && account.name ? `${step.id}@${account.name}` : step.id,
  account: account.key,
  blog: account.name,
});

// The whole plan; `alike` is the number of the group of places that are treated alike.
export function plan(state, alike) {
  const found = { steps: [], resorts: [], nothing: [] };
  for (const account of accounts(state).filter((one) => files.has(one.platform))) {
    const one = chosen(account, state, alike);
    found.steps.push(...one.steps.map(of(account)));
    found.resorts.push(...one.last_resorts.map(of(account)));
    if (one.no_control) found.nothing.push({ ...one.no_control, account });
  }
  found.steps.sort((a, b) => (a.before ?? "9999").localeCompare(b.before ?? "9999") || a.rank - b.rank);
  return found;
}

export const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);

export function top({ steps, nothing }, words) {
  const parts = [];
  for (const [one, many, kinds] of [
    ["top_switch", "top_switches", ["toggle", "robots"]],
    ["top_form", "top_forms", ["form"]],
    ["top_mail", "top_mails", ["email"]],
  ]) {
    const n = steps.filter((step) => kinds.includes(step.kind)).length;
    if (n) parts.push(fill(words[n === 1 ? one : many], { n }));
  }
  const offered = nothing.filter((one) => one.nothing_offered).length;
  if (offered) {
    parts.push(fill(words[offered === 1 ? "top_nothing_offered_one" : "top_nothing_offered"], { n: offered }));
  }
  if (!steps.length) {
    const said = words[nothing.length ? "top_nothing" : "top_all_closed"];
    return parts.length ? `${said} (${parts.at(-1)})` : said;
  }
  const n = steps.reduce((sum, step) => sum + step.minutes, 0);
  return `${fill(words[n === 1 ? "total_minute" : "total_minutes"], { n })}: ${parts.join("; ")}`;
}

// A tick is of a control on an account: how many blogs there are does not change what was done.
const control = (step) => step.split("@")[0];
export const meant = (tick, step) => tick.account === step.account && control(tick.step) === control(step.id);
