// A session nobody sits at ends. The page tells the server of what the person does here (at most once a minute), warns a minute
// before the end and offers to stay; when it is over, it keeps what was typed in this browser and goes to the login page.
"use strict";

(() => {
  const WARN = 60;
  const TELL = 60;
  const place = location.pathname + location.search;
  const seconds = () => Math.floor(Date.now() / 1000);
  const typed = () => [...document.querySelectorAll("main form[method=post]")];
  let ends = seconds() + Number(document.body.dataset.idle);
  let told = seconds();
  let acted = false;
  let asking = false;
  let dialog = null;

  // What was typed when the session ended is offered again.
  document.addEventListener("DOMContentLoaded", () =>
    typed().forEach((form, at) => {
      if (form.dataset.autosave || !localStorage.getItem(draftKey({ dataset: { autosave: `idle-${at}` } }))) return;
      form.dataset.autosave = `idle-${at}`;
      restore(form);
    }));

  function keepTyped() {
    typed().forEach((form, at) => {
      const changed = kept(form).some((field) => field.matches("select") ? [...field.options].some((each) => each.selected !== each.defaultSelected) : field.value !== field.defaultValue);
      if (form.dataset.autosave || form.dataset.keep || !changed) return;
      form.dataset.autosave = `idle-${at}`;
      localStorage.setItem(draftKey(form), JSON.stringify(Object.fromEntries(kept(form).map((field) => [field.name, field.value]))));
    });
  }

  // The seconds left as the server reckons them; null when it cannot be reached.
  async function left(act) {
    try {
      const answer = await fetch("/tai-khoan/con-lai/", { headers: act ? {} : { "X-Automatic": "1" }, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") return 0;
      return answer.ok ? (await answer.json()).left : null;
    } catch {
      return null;
    }
  }

  function close() {
    dialog?.remove();
    dialog = null;
  }

  function over() {
    keepTyped();
    location.href = `/tai-khoan/login/?het-gio=1&next=${encodeURIComponent(place)}`;
  }

  function warn(rest) {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "confirm";
      dialog.setAttribute("role", "alertdialog");
      dialog.setAttribute("aria-labelledby", "idle-question");
      const words = document.createElement("p");
      words.id = "idle-question";
      words.textContent = "Đã lâu không có thao tác nào. Để bảo vệ tài khoản, phiên làm việc sắp tự kết thúc; nội dung đang nhập được giữ lại.";
      const clock = document.createElement("p");
      clock.className = "idle-clock";
      const buttons = document.createElement("div");
      const stay = button("primary", "Tôi vẫn đang làm việc");
      stay.addEventListener("click", () => ask(true));
      buttons.append(stay);
      dialog.addEventListener("cancel", (event) => (event.preventDefault(), ask(true)));
      dialog.append(words, clock, buttons);
      document.body.append(dialog);
      dialog.showModal();
      stay.focus();
    }
    dialog.querySelector(".idle-clock").textContent = `Còn ${rest} giây.`;
  }

  async function ask(act) {
    if (asking) return;
    asking = true;
    if (act) (acted = false), (told = seconds());
    const rest = await left(act);
    asking = false;
    if (rest === null) return;
    ends = seconds() + rest;
    if (rest <= 0) over();
    else if (rest > WARN) close();
    else warn(rest);
  }

  function look() {
    const rest = ends - seconds();
    if (acted && !dialog && (rest <= WARN || seconds() - told >= TELL)) ask(true);
    else if (rest <= 0) ask(false);
    else if (dialog) warn(rest);
    else if (rest <= WARN) ask(false); // another window may be in use
  }

  for (const type of ["keydown", "pointerdown", "wheel", "touchmove"]) document.addEventListener(type, () => (acted = true), { passive: true });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  setInterval(look, 1000);
})();
