/* Beside a control for a day and time of the newsroom: what it is in UTC, while it is typed. */
"use strict";
{
  const MINUTE = 60_000, DAY = 86_400_000;

  /* What the zone's clocks show at an instant, as if it were UTC. */
  const shown = (zone, instant) => {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(instant);
    const of = (type) => Number(parts.find((part) => part.type === type).value);
    return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
  };

  /* The instants at which the clocks show a local time: one, none where they jump over it, two where they are put back. */
  const readings = (zone, local) => {
    const offsets = new Set([-DAY, 0, DAY].map((step) => shown(zone, local + step) - (local + step)));
    return [...offsets].map((offset) => local - offset).filter((instant) => shown(zone, instant) === local).sort((a, b) => a - b);
  };

  const inUtc = (instant, local) => {
    const [there, here] = [new Date(instant), new Date(local)];
    const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long" });
    const other = day.format(there) === day.format(here) ? "" : `${day.format(there)}, `;
    return `${other}${there.toISOString().slice(11, 16)} UTC`;
  };

  const say = (box) => {
    const input = box.querySelector("input"), output = box.querySelector("output"), zone = box.dataset.zone;
    const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(input.value);
    const place = box.querySelector("select");
    if (place && input.value !== input.defaultValue) place.remove();
    if (!match || zone === "UTC") { output.textContent = ""; return; }
    const [year, month, day, hour, minute] = match.slice(1).map(Number);
    const local = Math.floor(Date.UTC(year, month - 1, day, hour, minute) / MINUTE) * MINUTE;
    const found = readings(zone, local);
    if (found.length === 0) output.textContent = "The clocks jump over this time.";
    else if (found.length > 1 && place && place.isConnected) output.textContent = "";
    else if (found.length > 1) output.textContent = `It comes twice: ${found.map((instant) => inUtc(instant, local)).join(" and ")}.`;
    else output.textContent = `= ${inUtc(found[0], local)}`;
  };

  const begin = () => {
    for (const box of document.querySelectorAll(".moment")) {
      box.querySelector("input").addEventListener("input", () => say(box));
      say(box);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
