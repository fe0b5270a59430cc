/*
 * The decision screen with a script: the text is scrolled to the passage, what was done and what is chosen is said to a
 * screen reader, and fields that were changed are marked. Without a script all of it works by the buttons of the form.
 */
"use strict";
{
  const said = document.getElementById("desk-said");
  const say = (words) => { if (said) said.textContent = words; };

  /* The focus is where the work goes on: at what was refused, else at the heading. */
  const start = document.getElementById("desk-errors") || document.getElementById("desk-heading");
  if (start && !location.hash) start.focus({ preventScroll: false });

  /* A region is read when it changes, not when it comes with the page. */
  const told = [...document.querySelectorAll(".messagelist li")].map((line) => line.textContent.trim());
  if (told.length) setTimeout(() => say(told.join(" ")), 100);

  for (const pane of document.querySelectorAll(".pane")) {
    const mark = pane.querySelector("mark");
    if (mark) pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }

  /* A link to the passage, or to the field of an error, moves the focus there and keeps the address as it is. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".to-passage a, #desk-errors a");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const pane = target.closest(".pane");
    if (pane) {
      pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
      pane.focus();
    } else {
      const control = target.matches("fieldset, div") ? target.querySelector("input:not([type=hidden]), select, textarea") : target;
      const shown = control.nextElementSibling && control.nextElementSibling.matches(".select2-container") ? control.nextElementSibling.querySelector(".select2-selection") : control;
      shown.focus();
    }
  });

  const form = document.getElementById("decide");
  if (form) {
    const claim = form.querySelector(".claim-fields");
    const changed = document.getElementById("desk-changed");
    const label = (control) => {
      const own = control.labels && control.labels[0];
      return (own ? own.textContent : control.getAttribute("aria-label") || "").trim();
    };
    /* What the claim is in the database, by the names of the controls: a form that came back was typed in before. */
    const opened = JSON.parse(form.elements.opened.value || "{}");
    const value = (control) => {
      if (control.type === "checkbox" || control.type === "radio") return control.checked ? [control.value] : [];
      if (control.options) return [...control.selectedOptions].map((option) => option.value).filter(Boolean);
      return control.value ? [control.value] : [];
    };
    const standard = (control) => {
      if (control.name in opened) return opened[control.name];
      if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked ? [control.value] : [];
      if (!control.options) return control.defaultValue ? [control.defaultValue] : [];
      const chosen = [...control.options].filter((option) => option.defaultSelected);
      // Where none is marked as the default, the first one is.
      return (chosen.length || control.multiple ? chosen : [...control.options].slice(0, 1)).map((option) => option.value).filter(Boolean);
    };
    const differs = (control) => String(value(control).sort()) !== String([...standard(control)].sort());
    /* What, when it is changed, leaves the acceptance to somebody else; how far the statement may be, the server tells. */
    const TURNING = /^(act|negated|speakers-\d+-(actor|description|speaks_for|DELETE))$/;
    const look = () => {
      const names = new Set();
      let turned = false;
      for (const control of claim.querySelectorAll("input:not([type=hidden], [type=search]), select, textarea")) {
        const is = differs(control);
        const field = control.closest(".field");
        if (field) field.classList.toggle("changed", is);
        if (is) names.add(label(control).toLowerCase());
        turned ||= is && TURNING.test(control.name);
      }
      const then = turned && "letsOthersAccept" in form.dataset ? " Somebody else accepts it then: save the changes." : "";
      const words = names.size ? `Changed, not saved: ${[...names].join(", ")}.${then}` : "";
      if (changed && changed.textContent !== words) changed.textContent = words;
    };
    if (claim) {
      claim.addEventListener("change", look);
      // The searching fields tell of a change by jQuery alone.
      if (window.django && django.jQuery) django.jQuery(claim).on("change", "select", look);
      look();
    }
    form.addEventListener("change", (event) => {
      const choice = event.target;
      if (choice.type !== "radio") return;
      const legend = choice.closest("fieldset").querySelector("legend");
      say(`${legend.textContent.trim()}: ${label(choice)}`);
    });

    /* What the chosen grades mean, or the one that is pointed at: the bar shows their signs alone. */
    const chosen = document.getElementById("desk-chosen");
    const tell = (pointed) => {
      const labels = pointed ? [pointed] : [...form.querySelectorAll(".scale label:has(:checked)")];
      chosen.textContent = labels.map((each) => each.title).join(" · ");
    };
    form.addEventListener("change", () => tell());
    for (const scale of form.querySelectorAll(".scale")) {
      scale.addEventListener("pointerover", (event) => tell(event.target.closest("label")));
      scale.addEventListener("pointerleave", () => tell());
    }
    tell();
    // The setting of shortcuts.js: a key that does nothing is not shown.
    let keys = true;
    try { keys = localStorage.getItem("dyad single-key shortcuts") !== "off"; } catch { /* then they work */ }
    document.body.classList.toggle("with-keys", keys);

    /* As much of the bar as stays in sight is kept free when something below it gets the focus. */
    const measured = [".decision-bar", ".verdict", ".decision-bar .submit-row"].map((each) => form.querySelector(each));
    const measure = () => {
      const stays = measured.find((each) => getComputedStyle(each).display !== "contents" && getComputedStyle(each).position === "sticky");
      document.documentElement.style.setProperty("--bar", `${stays ? stays.offsetHeight : 0}px`);
    };
    const watch = new ResizeObserver(measure);
    for (const each of measured) watch.observe(each);
    window.addEventListener("resize", measure);

    /* Whoever begins to work has it in hand; while the work goes on, for longer. To read takes nothing from others. */
    const RENEWED = 4 * 60 * 1000;  // milliseconds, less than any useful lease
    const hand = document.getElementById("desk-hand");
    let taken = -RENEWED;
    const take = async () => {
      if (!form.dataset.take || performance.now() - taken < RENEWED) return;
      taken = performance.now();
      try {
        const answer = await fetch(form.dataset.take, { method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
        if (answer.ok || answer.status === 409) hand.textContent = (await answer.json()).told;
      } catch { /* The decision itself asks again. */ }
    };
    form.addEventListener("input", take);
    form.addEventListener("change", take);
    if (window.django && django.jQuery) django.jQuery(form).on("change", "select", take);

    /* Escape leaves a field, where letters are text, for the heading of its group, where they are shortcuts. */
    document.addEventListener("keydown", (event) => {
      const field = event.target.closest("#decide input:not([type=checkbox], [type=radio]), #decide textarea, #decide select, #decide .select2-selection");
      if (event.key !== "Escape" || event.isComposing || !field || document.querySelector(".select2-container--open")) return;
      const legend = field.closest("fieldset.module")?.querySelector("legend");
      // The buttons are in sight, wherever the page is.
      if (legend) legend.focus(); else form.querySelector(".submit-row").focus({ preventScroll: true });
    }, true);

    /* Whoever leaves the page with something typed is asked; whoever decides, or presses a button of the form, is not. */
    let leaving = false;
    form.addEventListener("submit", () => { leaving = true; });
    window.addEventListener("beforeunload", (event) => {
      const typed = [...form.querySelectorAll("input:not([type=hidden], [type=search]), select, textarea")].some(differs);
      if (typed && !leaving) event.preventDefault();
    });
    /* One press decides once. */
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    window.addEventListener("pageshow", () => { delete form.dataset.sent; leaving = false; });
  }
}
