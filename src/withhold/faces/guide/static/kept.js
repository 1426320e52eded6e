// What a person said, kept in this browser's own storage: no cookie, no server.

const KEY = "withhold-checklist";

export const nothing = () => ({
  place: "", kind: "personal", audience: "public", menu: undefined, platforms: [], blogs: {}, ticks: {},
});

// A browser with storage switched off throws where it is touched: then nothing is kept, and said.
export function state() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return found && typeof found === "object" ? { ...nothing(), ...found } : nothing();
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
