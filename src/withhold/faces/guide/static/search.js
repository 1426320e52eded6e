// Search without a server: the index is one file of this guide, read when somebody types.

const field = document.getElementById("query");
const found = document.getElementById("found");
const count = document.getElementById("count");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let index = null;

async function entries() {
  if (!index) {
    const answer = await fetch("../search.json");
    if (!answer.ok) throw new Error(String(answer.status));
    const rows = await answer.json();
    index = rows.map(([path, title, kind, also]) => ({
      path, title, kind, head: plain(title), all: plain(`${title} ${kind} ${also}`),
    }));
  }
  return index;
}

// Every word must begin some word of the entry; the title counts more, and its beginning most.
function rank(entry, asked) {
  let sum = 0;
  for (const word of asked) {
    if (entry.head.startsWith(word)) sum += 4;
    else if (entry.head.includes(` ${word}`) || entry.head.includes(`-${word}`)) sum += 3;
    else if (entry.head.includes(word)) sum += 2;
    else if (entry.all.includes(word)) sum += 1;
    else return 0;
  }
  return sum;
}

async function look() {
  const asked = plain(field.value).split(/\s+/).filter(Boolean);
  document.getElementById("everything").hidden = asked.length > 0;
  if (!asked.length) {
    found.replaceChildren();
    count.textContent = "";
    return;
  }
  let all;
  try {
    all = await entries();
  } catch {
    count.textContent = found.dataset.trouble;
    document.getElementById("everything").hidden = false;
    return;
  }
  const hits = all.map((one) => [rank(one, asked), one]).filter(([sum]) => sum);
  hits.sort((a, b) => b[0] - a[0] || a[1].title.length - b[1].title.length);
  count.textContent = hits.length ? found.dataset.many.replace("{n}", hits.length) : found.dataset.none;
  found.replaceChildren(...hits.slice(0, 50).map(([, one]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("small");
    link.href = `../${one.path}`;
    link.textContent = one.title;
    kind.textContent = ` ${one.kind}`;
    item.append(link, kind);
    return item;
  }));
}

document.getElementById("ask").hidden = false;
field.addEventListener("input", look);
document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  found.querySelector("a")?.click();
});
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  field.value = asked;
  look();
}
