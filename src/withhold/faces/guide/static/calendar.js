// Reminders as iCalendar (RFC 5545): a to-do for each step that is left, and a day to look again.

import { later } from "./day.js";
import { meant } from "./plan.js";

const escaped = (text) =>
  String(text).replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n").replace(/[\u0000-\u001f\u007f]/g, "");

// At most 75 octets a line (3.1); a character is never cut in two.
function folded(line) {
  const encoder = new TextEncoder();
  const lines = [""];
  let room = 75;
  for (const char of line) {
    const size = encoder.encode(char).length;
    if (size > room) {
      lines.push(" ");
      room = 74;
    }
    lines[lines.length - 1] += char;
    room -= size;
  }
  return lines.join("\r\n");
}

const compact = (day) => day.replaceAll("-", "");

// The words to look for, in the language of the menus, as they stand in the list.
function label(step, menu) {
  const words = document.createElement("template");
  words.innerHTML = step.words[menu] ?? step.words[""];
  return words.content.querySelector(".label")?.textContent ?? "";
}

export function calendar(steps, state, words, today) {
  const stamp = new Date().toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//withhold//guide//EN"];
  const what = (step) =>
    `${step.name}${step.blog ? ` (${step.blog})` : ""}: ${[label(step, state.menu), step.act].filter(Boolean).join(", ")}`;
  const ticked = (step) => state.ticks.some((one) => meant(one, step));
  for (const step of steps.filter((one) => !ticked(one) && one.kind !== "audience")) {
    lines.push(
      "BEGIN:VTODO",
      `UID:${escaped(`${step.id.replaceAll("/", "-")}-${step.account}@withhold`)}`,
      `DTSTAMP:${stamp}`,
      `DUE;VALUE=DATE:${compact(step.before ?? later(today, 7))}`,
      `SUMMARY:${escaped(what(step))}`,
      `DESCRIPTION:${escaped(step.url)}`,
      "END:VTODO",
    );
  }
  const done = steps.filter(ticked);
  const again = later(today, 90);
  lines.push(
    "BEGIN:VEVENT",
    `UID:look-again-${escaped(state.place)}-${today}@withhold`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(again)}`,
    `DTEND;VALUE=DATE:${compact(later(again, 1))}`,
    `SUMMARY:${escaped(words.look_again)}`,
    `DESCRIPTION:${escaped(done.map((one) => `${what(one)}\n${one.url}`).join("\n"))}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(words.look_again)}`,
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  );
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
