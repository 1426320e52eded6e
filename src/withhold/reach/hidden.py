"""Hides from a page what it stored in the browser itself, in one tab, and takes nothing away.

A page that keeps its switches in the browser shows them as they were pressed, whatever the server
has saved. In a tab with this script it finds its stores empty: ``localStorage`` and
``sessionStorage`` are in memory, databases, caches and files go by another name. What the other
tabs have stays as it is; what an earlier such tab has left under its name is deleted.

Two memories are out of its reach: cookies, which are the login too, and what a worker of the page
reads by itself.
"""

from __future__ import annotations

import secrets

_PREFIX = "withhold-fresh-"


def script() -> str:
    """JavaScript to be run before any script of each document of the tab."""
    own = f"{_PREFIX}{secrets.token_hex(6)}-"
    return _SCRIPT.replace("OWN", f'"{own}"').replace("EARLIER", f'"{_PREFIX}"')


_SCRIPT = """
(() => {
  const own = OWN, earlier = EARLIER;
  const memory = () => {
    const kept = new Map();
    const real = {
      getItem: (key) => (kept.has(String(key)) ? kept.get(String(key)) : null),
      setItem: (key, value) => { kept.set(String(key), String(value)); },
      removeItem: (key) => { kept.delete(String(key)); },
      clear: () => { kept.clear(); },
      key: (at) => [...kept.keys()][at] ?? null,
    };
    return new Proxy(Object.create(Storage.prototype), {
      get: (_, key) => key === "length" ? kept.size
        : Object.hasOwn(real, key) ? real[key]
        : kept.has(key) ? kept.get(key)
        : key === Symbol.toStringTag ? "Storage" : Object.prototype[key],
      set: (_, key, value) => { kept.set(String(key), String(value)); return true; },
      has: (_, key) => kept.has(key) || Object.hasOwn(real, key),
      deleteProperty: (_, key) => { kept.delete(key); return true; },
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: (_, key) => kept.has(key)
        ? { value: kept.get(key), writable: true, enumerable: true, configurable: true }
        : undefined,
    });
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    const store = memory();
    Object.defineProperty(window, name, { configurable: true, get: () => store });
  }
  const patched = (kind, name, made) => {
    const first = kind && kind.prototype[name];
    if (first) kind.prototype[name] = made(first);
  };
  const databases = window.IDBFactory && IDBFactory.prototype.databases;
  const remove = window.IDBFactory && IDBFactory.prototype.deleteDatabase;
  const byName = (first) => function (name, ...more) {
    return first.call(this, own + name, ...more);
  };
  patched(window.IDBFactory, "open", byName);
  patched(window.IDBFactory, "deleteDatabase", byName);
  patched(window.IDBFactory, "databases", (first) => async function () {
    return (await first.call(this)).filter((one) => one.name.startsWith(own))
      .map((one) => ({ ...one, name: one.name.slice(own.length) }));
  });
  const named = window.IDBDatabase
    && Object.getOwnPropertyDescriptor(IDBDatabase.prototype, "name");
  if (named) Object.defineProperty(IDBDatabase.prototype, "name", {
    ...named,
    get() {
      const name = named.get.call(this);
      return name.startsWith(own) ? name.slice(own.length) : name;
    },
  });
  const names = window.CacheStorage && CacheStorage.prototype.keys;
  const drop = window.CacheStorage && CacheStorage.prototype.delete;
  for (const name of ["open", "has", "delete"]) patched(window.CacheStorage, name, byName);
  patched(window.CacheStorage, "keys", (first) => async function () {
    return (await first.call(this)).filter((one) => one.startsWith(own))
      .map((one) => one.slice(own.length));
  });
  patched(window.CacheStorage, "match", () => async function (asked, options) {
    for (const name of await this.keys()) {
      const found = await (await this.open(name)).match(asked, options);
      if (found) return found;
    }
    return undefined;
  });
  const files = window.StorageManager && StorageManager.prototype.getDirectory;
  patched(window.StorageManager, "getDirectory", (first) => async function () {
    return (await first.call(this)).getDirectoryHandle(own, { create: true });
  });
  const old = (name) => name.startsWith(earlier) && !name.startsWith(own);
  const swept = async () => {
    try {
      for (const one of await databases.call(indexedDB)) {
        if (old(one.name)) remove.call(indexedDB, one.name);
      }
      for (const one of await names.call(caches)) if (old(one)) drop.call(caches, one);
      const folder = await files.call(navigator.storage);
      for await (const one of folder.keys()) {
        if (old(one)) folder.removeEntry(one, { recursive: true });
      }
    } catch { /* a document without stores of its own: nothing was left there */ }
  };
  if (databases && names && files && window.caches) swept();
})();
"""
