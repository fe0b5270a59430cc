/* What is typed into an article's form is kept, every few seconds, in this browser and on the server; and who else writes. */
"use strict";
{
  const box = document.getElementById("writing");
  const form = box && box.closest("form");
  const PAUSE = 2000, LONGEST = 5000, ASIDE = 300, KEEPALIVE = 60000; // milliseconds; the last one bytes, of fetch
  const NOT_TEXT = new Set(["csrfmiddlewaretoken", "base", "tab"]);

  const post = async (address, data, keepalive = false) => {
    const answer = await fetch(address, {
      method: "POST", keepalive, credentials: "same-origin", redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": articleForm.token() }, body: JSON.stringify(data),
    });
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { status: answer.status, ...(isJson ? await answer.json() : {}) };
  };

  /* Other forms in this browser hold a lock while they are open; what they left behind is sent, and the server offers it. */
  const openTabs = async () => {
    if (!navigator.locks) return null;
    return new Set((await navigator.locks.query()).held.map((lock) => lock.name));
  };

  const sendWhatWasLeft = async (prefix, own) => {
    const open = await openTabs();
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix) && name !== own)) {
      let left;
      try { left = JSON.parse(localStorage.getItem(key)); } catch { left = null; }
      if (!left || typeof left.address !== "string" || !left.address.startsWith("/")) { localStorage.removeItem(key); continue; }
      if (open ? open.has(key) : Date.now() - left.at < 60000) continue;
      const answer = await post(left.address, { ...left.data, left: true });
      if (answer.status === 200 || answer.kept) localStorage.removeItem(key);
    }
  };

  if (form) {
    const address = box.dataset.address;
    const user = Number(box.dataset.user);
    const tab = form.elements.tab.getAttribute("value");
    const prefix = `dyad:${user}:`;
    const key = `${prefix}${address}:${tab}`;
    const state = document.getElementById("writing-state");
    const row = document.querySelector(".submit-row");
    if (row) row.append(state);
    if (navigator.locks) navigator.locks.request(key, () => new Promise(() => {}));

    const typed = () => {
      const content = {};
      for (const [name, value] of new FormData(form)) {
        if (typeof value !== "string" || NOT_TEXT.has(name) || name.startsWith("_") || name.includes("__prefix__")) continue;
        (content[name] = content[name] || []).push(value);
      }
      return content;
    };
    const say = (words) => { if (state.textContent !== words) state.textContent = words; };

    const opened = JSON.stringify(typed());
    const saved = "unsaved" in box.dataset ? "" : opened; // what the server has as a revision
    let kept = saved; // what the server has last heard
    let known = true; // whether the browser's own copy is as the form
    let since = 0; // when the first change was made that was not sent
    let sending = false, submitting = false, timer = 0, aside = 0;

    const data = (text) => {
      const all = { user, tab, base: Number(form.elements.base.value) || 0 };
      if (text !== kept) all.content = text === saved ? null : JSON.parse(text);
      return all;
    };

    const steps = document.getElementById("steps-unsaved");
    const warn = (unsaved) => {
      const words = unsaved && steps ? steps.dataset.words : "";
      if (steps && steps.textContent !== words) steps.textContent = words;
    };

    const putAside = (text = JSON.stringify(typed())) => {
      known = true;
      warn(text !== saved);
      try {
        if (text === kept) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ address, at: Date.now(), data: data(text) }));
      } catch { /* the browser keeps nothing: the server does */ }
    };

    const show = (answer) => {
      const others = document.getElementById("writing-others");
      const words = answer.others || [];
      if (words.join("\n") !== [...others.children].map((item) => item.textContent).join("\n")) {
        others.replaceChildren(...words.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
      }
      const newer = document.getElementById("writing-newer");
      const sentence = answer.newer ? `${answer.newer} You started from an older revision; nothing of yours will be lost.` : "";
      if (newer.textContent !== sentence) newer.textContent = sentence;
      document.getElementById("writing-compare").hidden = !sentence;
      if (answer.offers !== undefined) {
        // As it stands already, it stays: whoever is on one of its buttons keeps the focus.
        const [there, offered] = [document.getElementById("writing-offers"), document.createElement("div")];
        offered.innerHTML = answer.offers;
        if (there.innerHTML.trim() !== offered.innerHTML.trim()) there.innerHTML = answer.offers;
      }
    };

    const trouble = (answer) => {
      if (!answer) return "Offline: kept in this browser, and sent when the connection is back.";
      if (answer.sign_in || answer.kept) return answer.sentence;
      return `${answer.sentence || `The server could not keep it (${answer.status}).`} Kept in this browser.`;
    };

    const send = async () => {
      if (sending || submitting) return;
      sending = true;
      clearTimeout(timer);
      timer = 0;
      const text = JSON.stringify(typed());
      since = 0;
      let answer = null;
      try { answer = await post(address, data(text)); } catch { /* offline */ }
      sending = false;
      if (submitting) return;
      if (answer && answer.status === 200) {
        const news = text !== kept;
        kept = text;
        if (news) putAside();
        if (news || state.dataset.trouble) {
          if (answer.kept) state.dataset.at = answer.kept;
          say(text === saved ? "" : `Kept ${state.dataset.at || "just now"}, not saved.`);
        }
        delete state.dataset.trouble;
        show(answer);
      } else {
        // With an article goes what was kept of it: all is sent again, until it is kept elsewhere.
        if (answer && answer.status === 404) kept = null;
        state.dataset.trouble = "yes";
        say(trouble(answer));
        if (answer && answer.sign_in) {
          const link = Object.assign(document.createElement("a"), { href: answer.sign_in, target: "_blank", textContent: "Sign in" });
          state.append(" ", link);
        }
      }
      if (since) plan();
    };

    const plan = () => {
      const now = Date.now();
      since = since || now;
      clearTimeout(timer);
      timer = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
    };
    const changed = () => {
      known = false;
      warn(true);
      form.elements._unsaved.value = "1";
      if (!aside) aside = setTimeout(() => { aside = 0; if (!known) putAside(); }, ASIDE);
      plan();
    };

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    // Rows that are added, removed or filled in by scripts tell it by jQuery's events only.
    if (window.django && window.django.jQuery) {
      window.django.jQuery(form).on("change", changed);
      window.django.jQuery(document).on("formset:added formset:removed", changed);
    }
    for (const event of ["formset:added", "formset:removed"]) document.addEventListener(event, changed);

    form.addEventListener("submit", () => {
      putAside();
      form.elements.csrfmiddlewaretoken.value = articleForm.token();
      submitting = true;
      setTimeout(() => { submitting = false; }, 30000);
    });
    window.addEventListener("pageshow", () => { submitting = false; });
    window.addEventListener("online", () => { since = since || Date.now(); send(); });
    window.addEventListener("pagehide", () => {
      if (submitting) return;
      const text = JSON.stringify(typed());
      if (text !== kept) putAside(text);
      const all = { ...data(text), left: true };
      if (JSON.stringify(all).length > KEEPALIVE) delete all.content;
      post(address, all, true).catch(() => {});
    });
    document.addEventListener("visibilitychange", () => { if (!known) putAside(); });

    const begin = async () => {
      try { await sendWhatWasLeft(prefix, key); } catch { /* offline: it stays where it is */ }
      await send();
      setInterval(() => { if (!timer) send(); }, LONGEST);
    };
    if (saved === "") {
      form.elements._unsaved.value = "1";
      warn(true);
    }
    begin();
  }
}
