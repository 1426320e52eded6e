// What a person said, kept in this browser's own storage: no cookie, no server.

const KEY = "withhold-checklist";

// `ticks` are as in the checklist file; `strange` is what a file held that this guide does not know.
export const nothing = () => ({
  place: "", kind: "personal", audience: "public", menu: undefined,
  platforms: [], blogs: {}, ticks: [], strange: { accounts: [], ticks: [] },
});

const all = (list, fits) => Array.isArray(list) && list.every(fits);
const text = (one) => typeof one === "string";
const fits = (found) =>
  all(found.platforms, text) &&
  all(Object.values(found.blogs), (names) => all(names, text)) &&
  all(found.ticks, (one) => text(one?.step) && text(one.account) && text(one.on)) &&
  all(found.strange.accounts, () => true) &&
  all(found.strange.ticks, () => true);

// A browser with storage switched off throws where it is touched: then nothing is kept, and said.
// What another hand wrote there, or another version of this guide, is not taken.
export function state() {
  try {
    const found = { ...nothing(), ...JSON.parse(localStorage.getItem(KEY)) };
    return fits(found) ? found : nothing();
  } catch {
    return nothing();
  }
}

export function keep(said) {
  try {
    localStorage.setItem(KEY, JSON.stringify(said));
    return true;
  } catch {
    return false;
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept, so there is nothing to forget
  }
}
