/*
 * The shortcuts of a page, which it declares itself: an element with `data-shortcut` and `data-shortcut-label` is
 * pressed, focused or followed; with `data-shortcut-target` the first visible element of that selector is, with
 * `data-shortcut-href` an address is opened, with `data-shortcut-do` a move between groups of fields is made.
 * "ctrl+s" and "alt+shift+a" work everywhere; single keys ("p") and two in a row ("g b") only where nobody types, and
 * they can be turned off, as WCAG 2.1.4 asks.
 */
"use strict";
{
  const SETTING = "dyad single-key shortcuts";
  const SEQUENCE = 1200;  // milliseconds between two keys in a row
  const TYPING = "textarea, select, [contenteditable=true], input:not([type=button], [type=checkbox], [type=radio], [type=submit], [type=reset], [type=file], [type=image])";
  const GROUPS = "#content-main fieldset.module, #content-main .inline-group, #content-main .comfort, #content-main .submit-row, .beside";
  const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select:not([disabled]), textarea:not([disabled]), [contenteditable=true], summary, [tabindex='0']";
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  const single = () => { try { return localStorage.getItem(SETTING) !== "off"; } catch { return true; } };
  const turn = (on) => { try { localStorage.setItem(SETTING, on ? "on" : "off"); } catch { /* then it lasts for this page */ } };
  const visible = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
  const targets = (element) => {
    const selector = element.dataset.shortcutTarget;
    if (!selector) return [element].filter(visible);
    // In the order of the selectors, not in that of the page.
    return selector.split(",").flatMap((one) => [...document.querySelectorAll(one)]).filter(visible);
  };
  const works = (element) => Boolean(element.dataset.shortcutHref || (element.dataset.shortcutDo && document.querySelector(GROUPS)) || (!element.dataset.shortcutDo && targets(element).length));

  const declared = () => {
    const found = new Map();
    for (const element of document.querySelectorAll("[data-shortcut]")) {
      if (!found.has(element.dataset.shortcut) && works(element)) found.set(element.dataset.shortcut, element);
    }
    return found;
  };

  /* From one group of fields to the next, or to the one before. */
  const move = (step) => {
    const groups = [...document.querySelectorAll(GROUPS)].filter(visible).map((group) => [...group.querySelectorAll(FOCUSABLE)].filter(visible)).filter((fields) => fields.length);
    const at = groups.findIndex((fields) => fields.includes(document.activeElement));
    const next = at < 0 ? (step > 0 ? 0 : groups.length - 1) : (at + step + groups.length) % groups.length;
    if (groups[next]) groups[next][0].focus();
  };

  const run = (element) => {
    if (element.dataset.shortcutHref) { location.assign(element.dataset.shortcutHref); return; }
    if (element.dataset.shortcutDo) { move(element.dataset.shortcutDo === "next" ? 1 : -1); return; }
    const target = targets(element)[0];
    if (target.matches("[type=submit]") && target.form) target.form.requestSubmit(target);
    else if (target.matches(TYPING)) target.focus();
    else target.click();
  };

  /* What was pressed, as it is declared: the sign it writes, or where the layout has other letters the key's own. */
  const pressed = (event) => {
    if (event.getModifierState("AltGraph")) return "";
    let key = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (!/^[!-~]$/.test(key)) key = /^Key([A-Z])$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
    if (!key) return "";
    const modifiers = [];
    if (event.ctrlKey || event.metaKey) modifiers.push("ctrl");
    if (event.altKey) modifiers.push("alt");
    // Shift is part of the sign ("?"), but not of a letter or with another modifier.
    if (event.shiftKey && (modifiers.length || /[a-z]/.test(key))) modifiers.push("shift");
    return [...modifiers, key].join("+");
  };

  let first = "";
  let since = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
    const key = pressed(event);
    if (!key) return;
    const known = declared();
    const withModifier = /^(ctrl|alt)\+/.test(key);
    if (!withModifier && (!single() || event.target.closest(TYPING))) return;
    if (key === "?") { event.preventDefault(); show(); return; }
    const both = first && event.timeStamp - since < SEQUENCE ? `${first} ${key}` : "";
    const element = known.get(both) || known.get(key);
    const begins = !withModifier && [...known.keys()].some((shortcut) => shortcut.startsWith(`${key} `));
    [first, since] = begins ? [key, event.timeStamp] : ["", 0];
    if (element) { event.preventDefault(); run(element); }
  });

  /* The list of them. */
  const make = (name, words = "", attributes = {}) => Object.assign(document.createElement(name), { textContent: words }, attributes);
  const told = (shortcut) => shortcut.split(" ").map((keys) => keys.split("+").map((key) => {
    if (key === "ctrl") return isMac ? "⌘" : "Ctrl";
    if (key === "alt") return isMac ? "⌥" : "Alt";
    return key === "shift" ? "Shift" : key.toUpperCase();
  }));
  let dialog = null;
  const show = () => {
    if (dialog === null) {
      dialog = make("dialog", "", { className: "shortcuts" });
      dialog.setAttribute("aria-labelledby", "shortcuts-heading");
      document.body.append(dialog);
    }
    const rows = [["?", "This list"], ...[...declared()].map(([shortcut, element]) => [shortcut, element.dataset.shortcutLabel])];
    const list = make("dl");
    for (const [shortcut, label] of rows) {
      const row = make("div");
      const keys = make("dd");
      told(shortcut).forEach((chord, index) => {
        if (index) keys.append(" then ");
        chord.forEach((key, place) => keys.append(place ? " + " : "", make("kbd", key)));
      });
      row.append(make("dt", label), keys);
      list.append(row);
    }
    const choice = make("label", " Single keys work where nobody types (kept in this browser)");
    const box = make("input", "", { type: "checkbox", checked: single() });
    box.addEventListener("change", () => turn(box.checked));
    choice.prepend(box);
    const close = make("button", "Close", { type: "button", className: "button" });
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(make("h2", "Keyboard shortcuts", { id: "shortcuts-heading" }), list, choice, close);
    dialog.showModal();
    close.focus();
  };

  const tools = document.getElementById("user-tools");
  if (tools) {
    const button = make("button", "Keyboard shortcuts", { type: "button", className: "shortcuts-button" });
    button.addEventListener("click", show);
    tools.append(" / ", button);
  }
}
