// What a settings page does: the switch moves at once, the save follows after a moment.
"use strict";
const page = JSON.parse(document.getElementById("page").textContent);
const remembered = `setting-${page.run}`;
let pending = null;

function told(path) {
  fetch(`/~${path}`, { keepalive: true, cache: "no-store" }).catch(() => {});
}

function report(event) {
  const path = event.composedPath();
  const marked = path.find((one) => one.dataset && one.dataset.part);
  const what = marked ? marked.dataset.part : (path[0].localName || "page");
  told(`pressed?run=${page.run}&part=${encodeURIComponent(what)}&how=${event.type}`);
}
for (const kind of ["click", "change", "keydown", "submit"]) document.addEventListener(kind, report, true);

function say(text) {
  document.querySelectorAll(".said").forEach((one) => one.remove());
  const box = document.createElement("div");
  box.className = "said";
  box.setAttribute("role", "status");
  box.textContent = text;
  document.body.append(box);
}

function put(control, state) {
  if (control.matches("button")) control.setAttribute("aria-checked", String(state === "on"));
  else if (control.matches("select")) control.value = state;
  else if (control.type === "radio") {
    for (const one of control.getRootNode().querySelectorAll(`input[name="${control.name}"]`)) one.checked = one.value === state;
  } else control.checked = state === "on";
}

function send(control, part, to) {
  const save = page.save;
  setTimeout(() => {
    fetch(save.path, {
      method: save.method,
      credentials: "include",
      headers: { "content-type": "application/json", "x-run": String(page.run) },
      body: JSON.stringify({ part, to }),
    }).then((answer) => {
      if (answer.ok) return say(page.words.saved);
      if (save.reverts && control) put(control, to === "on" ? "off" : "on");
      return say(page.words.failed);
    }).catch(() => say(page.words.failed));
  }, save.after * 1000);
}

function ask(control, part, to) {
  const box = document.createElement("dialog");
  const title = document.createElement("h2");
  title.textContent = page.ask === "password" ? page.words.password : page.words.question;
  box.append(title);
  box.setAttribute("aria-label", title.textContent);
  if (page.ask === "password") {
    const field = document.createElement("input");
    field.type = "password";
    field.dataset.part = "password";
    field.setAttribute("aria-label", title.textContent);
    box.append(field);
  }
  for (const [name, words] of [["confirm", to !== page.wanted ? page.words.back : page.words.yes], ["cancel", page.words.cancel]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.dataset.part = name;
    if (name === "confirm") for (const [mark, value] of Object.entries(page.marks)) button.setAttribute(mark, value);
    button.addEventListener("click", () => {
      box.close();
      box.remove();
      if (name === "confirm" && page.ask !== "password") send(control, part, to);
      else put(control, to === "on" ? "off" : "on");
    });
    box.append(button);
  }
  document.body.append(box);
  box.showModal();
}

function asks(to) {
  return page.ask && (page.ask === "password" || page.asks_back || to === page.wanted);
}

function changed(control, part, to) {
  if (page.saving === "dropped") return say(page.words.saved);
  if (page.saving === "remembered") localStorage.setItem(`${remembered}-${part}`, to);
  if (page.button) { pending = [control, part, to]; return; }
  if (asks(to)) return ask(control, part, to);
  send(control, part, to);
}

function live(root) {
  for (const one of root.querySelectorAll("[data-part]")) {
    const part = one.dataset.part;
    if (one.matches("button[role=switch]")) {
      one.addEventListener("click", () => {
        const to = one.getAttribute("aria-checked") === "true" ? "off" : "on";
        put(one, to);
        changed(one, part, to);
      });
    } else if (one.matches("select")) {
      one.addEventListener("change", () => changed(one, part, one.value));
    } else if (one.matches("input[type=radio]")) {
      one.addEventListener("change", () => { if (one.checked) changed(one, part, one.value); });
    } else if (one.matches("input[type=checkbox]")) {
      one.addEventListener("change", () => changed(one, part, one.checked ? "on" : "off"));
    } else if (part === "save") {
      one.addEventListener("click", () => {
        if (!pending) return;
        const [control, name, to] = pending;
        pending = null;
        if (asks(to)) ask(control, name, to); else send(control, name, to);
      });
    } else if (one.dataset.to) {
      one.addEventListener("click", () => location.assign(one.dataset.to));
    }
  }
  if (page.saving === "remembered") {
    for (const one of root.querySelectorAll("[data-part]")) {
      const kept = localStorage.getItem(`${remembered}-${one.dataset.part}`);
      if (kept && one.matches("button[role=switch], input, select")) put(one, kept);
    }
  }
}

function made(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, children] = node;
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.append(...children.map(made));
  return one;
}

// Where the settings go: the page itself, an open shadow root, or a frame that the server filled.
function mount(tree) {
  const place = document.getElementById("place");
  document.querySelectorAll(".me").forEach((one) => one.removeAttribute("hidden"));
  if (page.place === "shadow") {
    const host = document.createElement("app-settings");
    place.replaceChildren(host);
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/~page.css";
    root.append(style, made(tree));
    live(root);
  } else {
    place.replaceChildren(made(tree));
    live(place);
  }
}

async function fetched(which) {
  const answer = await fetch(`/~state?run=${page.run}&which=${which}`, { cache: "no-store" });
  mount(await answer.json());
}

// A button in the way, which opens the settings in the same document.
function behind([words, part]) {
  const button = made(["button", { type: "button", "data-part": part }, [words]]);
  button.addEventListener("click", () => fetched("stored"));
  const place = document.getElementById("place");
  place.replaceChildren();
  place.before(button);
}

// A page that knows its owner only by what it has put into the browser.
function unknown() {
  document.querySelectorAll(".me").forEach((one) => one.remove());
  document.getElementById("place").replaceChildren(
    made(["h1", {}, [page.words.login]]), made(["button", { type: "button", "data-part": "login" }, [page.words.login]]));
}

if (page.needs && !localStorage.getItem("token")) unknown();
else if (page.tree) mount(page.tree);
else if (page.fetches) {
  if (page.default) fetched("default").then(() => fetched("stored"));
  else setTimeout(() => { if (page.through.length) behind(page.through[0]); else fetched("stored"); }, page.late * 1000);
} else live(document);
