// Search without a server: the index is one file of this guide, read when somebody types.

const field = document.getElementById("query");
const found = document.getElementById("found");
const count = document.getElementById("count");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let index = null; // the promise of it, so that it is asked for once

async function read() {
  const answer = await fetch("../search.json");
  if (!answer.ok) throw new Error(String(answer.status));
  const rows = await answer.json();
  return rows.map(([path, title, kind, also]) => {
    const all = plain(`${title} ${kind} ${also}`);
    return { path, title, kind, head: plain(title), all, words: new Set(all.split(/\s+/)) };
  });
}

// Every word must stand in the entry; the title counts more and its beginning most, a whole word
// (a token, a code of a place) more than a part of one.
function rank(entry, asked) {
  let sum = 0;
  for (const word of asked) {
    if (entry.head.startsWith(word)) sum += 4;
    else if (entry.words.has(word)) sum += 3;
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
    all = await (index ??= read());
  } catch {
    index = null;
    found.replaceChildren();
    count.textContent = found.dataset.trouble;
    document.getElementById("everything").hidden = false;
    return;
  }
  const hits = all.map((one) => [rank(one, asked), one]).filter(([sum]) => sum);
  hits.sort((a, b) => b[0] - a[0] || a[1].title.length - b[1].title.length);
  count.textContent = hits.length ? found.dataset.many.replace("{n}", hits.length.toLocaleString(document.documentElement.lang)) : found.dataset.none;
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
document.getElementById("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  await look();
  found.querySelector("a")?.click();
});
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  field.value = asked;
  look();
}
