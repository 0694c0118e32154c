// Small helps on pages that work without them. Everything hangs on data- attributes, so parts swapped in by htmx have it too.
"use strict";

const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const target = event.target instanceof Element ? event.target.closest(selector) : null;
    if (target) act(event, target);
  });

const fold = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

const fileSize = (bytes) =>
  bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;

// ---- a question before an act that is hard to take back -------------------------------------------------------------

const button = (kind, words) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-${kind}`;
  made.textContent = words;
  return made;
};

function ask(question, yes, proceed) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  const text = document.createElement("p");
  text.id = "confirm-question";
  text.textContent = question;
  dialog.setAttribute("aria-labelledby", text.id);
  const buttons = document.createElement("div");
  const no = button("secondary", "Thôi");
  const go = button("primary", yes || "Đồng ý");
  no.addEventListener("click", () => dialog.close());
  go.addEventListener("click", () => {
    dialog.close();
    proceed();
  });
  dialog.addEventListener("close", () => dialog.remove());
  buttons.append(no, go);
  dialog.append(text, buttons);
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}

// ---- one press is one act -------------------------------------------------------------------------------------------

function busy(form, submitter) {
  form.dataset.sending = "";
  if (!submitter) return;
  submitter.setAttribute("aria-busy", "true");
  if (submitter.dataset.busy) {
    submitter.dataset.words = submitter.innerHTML;
    submitter.textContent = submitter.dataset.busy;
  }
}

function idle(form) {
  delete form.dataset.sending;
  for (const pressed of form.querySelectorAll("[aria-busy]")) {
    pressed.removeAttribute("aria-busy");
    if (pressed.dataset.words) pressed.innerHTML = pressed.dataset.words;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const asker = event.submitter?.dataset.confirm ? event.submitter : form;
  if ("sending" in form.dataset || form.querySelector(".file-hint.is-wrong")) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (asker.dataset.confirm && !("agreed" in form.dataset)) {
    event.preventDefault();
    event.stopPropagation();
    const submitter = event.submitter;
    ask(asker.dataset.confirm, asker.dataset.confirmOk, () => {
      form.dataset.agreed = "";
      form.requestSubmit(submitter);
      delete form.dataset.agreed;
    });
    return;
  }
  if (event.submitter?.formTarget === "_blank") return; // a preview in another window: this page goes on being typed in
  if ("forgetDrafts" in form.dataset) forgetDrafts();
  if (form.dataset.autosave) sessionStorage.setItem("sent", draftKey(form));
  if (form.method === "post") busy(form, event.submitter);
}, true);

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(idle);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) idle(form);
});

// ---- what was typed survives a dead battery: kept in this browser, for this person, until the server has taken it ------

const draftKey = (form) => `draft:${document.body.dataset.person || ""}:${location.pathname}:${form.dataset.autosave}`;
const kept = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("textarea, select:not([multiple]), input:not([type]), input:is([type=text], [type=date], [type=time], [type=datetime-local], [type=number])"));

on("input", "form[data-autosave]", (event, form) => {
  const draft = Object.fromEntries(kept(form).map((field) => [field.name, field.value]));
  localStorage.setItem(draftKey(form), JSON.stringify(draft));
});

// On logging out, and where a text was refused because it is secret, nothing typed stays in this browser.
function forgetDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
}

function restore(form) {
  const draft = JSON.parse(localStorage.getItem(draftKey(form)) || "null");
  const changed = draft && kept(form).filter((field) => draft[field.name] && draft[field.name] !== field.value);
  if (!changed?.length) return;
  const note = document.createElement("div");
  note.className = "note mb-3";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "Máy này còn giữ nội dung anh/chị nhập dở lần trước. ";
  const take = button("secondary btn-sm", "Lấy lại");
  const drop = button("link btn-sm", "Bỏ đi");
  take.addEventListener("click", () => {
    for (const field of changed) field.value = draft[field.name];
    note.remove();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(draftKey(form));
    note.remove();
  });
  words.append(take, drop);
  note.append(words);
  form.prepend(note);
}

// ---- a day in words: the browser's own field writes it in the browser's language, often with the month first ----------

const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const DAY_FIELDS = "form.form :is(input[type=date], input[type=datetime-local]):not(.chip *)";

function sayDay(field) {
  let words = field.nextElementSibling;
  if (!words?.matches(".day-said")) {
    words = document.createElement("div");
    words.className = "form-text day-said";
    words.setAttribute("aria-live", "polite");
    field.after(words);
  }
  const [day, hour] = field.value.split("T");
  const weekday = day && WEEKDAYS[new Date(`${day}T00:00`).getDay()];
  words.textContent = day ? [weekday, day.split("-").reverse().join("/"), hour].filter(Boolean).join(", ") : "";
}

on("input", DAY_FIELDS, (event, field) => sayDay(field));
document.addEventListener("htmx:load", (event) => event.target.querySelectorAll(DAY_FIELDS).forEach(sayDay));

// ---- lists ----------------------------------------------------------------------------------------------------------

on("input", "input[data-filter]", (event, input) => {
  const wanted = fold(input.value.trim());
  const rows = document.querySelectorAll(`${input.dataset.filter} tbody tr`);
  for (const row of rows) row.hidden = wanted !== "" && !fold(row.textContent).includes(wanted);
});

on("change", "form[data-submit-on-change] :is(select, input[type=checkbox], input[type=date])", (event, field) =>
  field.form.requestSubmit());

on("change", "input[data-check-all]", (event, box) => {
  for (const other of box.form.elements) if (other.name === box.dataset.checkAll) other.checked = box.checked;
});

// A chip says in its line what its editor holds.
on("change", ".chip :is(input, select)", (event, field) => {
  const chip = field.closest(".chip");
  const said = [...chip.querySelectorAll("input:not([type=hidden]), select")].map((part) => {
    if (["", "none", "other"].includes(part.value) || part.matches("[name$=-due_phrase]")) return "";
    if (part.matches("select")) return part.selectedOptions[0].text;
    if (part.matches("[type=checkbox], [type=radio]"))
      return part.checked ? part.nextElementSibling.textContent.split(" – ")[0] : "";
    return part.type === "date" ? part.value.split("-").reverse().join("/") : part.value;
  }).filter(Boolean);
  const words = chip.querySelector(".chip-says");
  words.textContent = said.join("; ") || words.dataset.empty;
  chip.classList.toggle("is-open", !said.length && words.dataset.empty.startsWith("chưa"));
  chip.classList.toggle("is-none", !said.length && !words.dataset.empty.startsWith("chưa"));
});

// An empty field of a filter says nothing: it stays out of the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

// ---- files ----------------------------------------------------------------------------------------------------------

// A browser words its file field in its own language: a face in Vietnamese lies under the field, which stays what is used.
const chosen = (files) => (files.length ? `Đã chọn ${files.length} tệp` : "Chưa chọn tệp nào");

function faceFiles(root) {
  for (const input of root.querySelectorAll("input[type=file]:not(.file-box > *)")) {
    const box = document.createElement("div");
    const face = document.createElement("div");
    const [press, words] = [document.createElement("span"), document.createElement("span")];
    box.className = "file-box";
    face.className = "file-face form-control";
    face.setAttribute("aria-hidden", "true");
    press.textContent = "Chọn tệp";
    words.textContent = chosen(input.files);
    face.append(press, words);
    input.replaceWith(box);
    box.append(face, input);
  }
}

faceFiles(document);
document.addEventListener("htmx:load", (event) => faceFiles(event.target));

on("change", "input[type=file]", (event, input) => {
  const hint = input.parentElement.querySelector(".file-hint") || document.createElement("span");
  hint.className = "file-hint";
  hint.setAttribute("role", "status");
  const limit = Number(input.dataset.maxBytes) || Infinity;
  const files = [...input.files];
  input.previousElementSibling.lastChild.textContent = chosen(files);
  const heavy = files.find((file) => file.size > limit);
  const most = Number(input.dataset.maxFiles) || Infinity;
  hint.classList.toggle("is-wrong", Boolean(heavy) || files.length > most);
  hint.textContent = heavy
    ? `“${heavy.name}” nặng ${fileSize(heavy.size)}, quá mức cho phép ${fileSize(limit)}. Hãy chọn tệp nhẹ hơn.`
    : files.length > most
    ? `Mỗi lần gửi được nhiều nhất ${most} tệp, vừa chọn ${files.length} tệp. Hãy gửi làm nhiều lần.`
    : files.map((file) => `${file.name} (${fileSize(file.size)})`).join(", ");
  input.after(hint);
});

// ---- copy, print, menus ---------------------------------------------------------------------------------------------

on("click", "[data-copy], [data-copy-text]", async (event, pressed) => {
  const source = pressed.dataset.copy && document.querySelector(pressed.dataset.copy);
  const words = pressed.innerHTML;
  await navigator.clipboard.writeText(pressed.dataset.copyText || source?.value || source?.textContent.trim() || "");
  pressed.textContent = "Đã chép";
  setTimeout(() => (pressed.innerHTML = words), 1500);
});

on("click", "[data-print]", () => window.print());

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (location.hash === "#menu") closeSide();
});

// The side menu opens by its address; with scripts that leaves no step in the history and does not scroll the page.
function closeSide() {
  location.replace("#_");
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector(".menu-open").focus();
}
on("click", ".menu-open", (event) => {
  event.preventDefault();
  location.replace("#menu");
  document.querySelector(".side-close").focus();
});
document.addEventListener("click", (event) => {
  if (location.hash !== "#menu" || event.target.closest(".menu-open")) return;
  const close = event.target.closest(".side-close");
  if (event.target.closest(".side") && !close) return;
  event.preventDefault();
  closeSide();
});

// The page after a sending tells: one with errors, or the login page of an ended session, has taken nothing.
function forgetTaken() {
  const sent = sessionStorage.getItem("sent");
  if (sent && !document.querySelector(".form-errors, .entrance")) localStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
}

document.addEventListener("DOMContentLoaded", () => {
  forgetTaken();
  if (document.querySelector("[data-forget-drafts]:not(form)")) forgetDrafts();
  document.querySelectorAll("form[data-autosave]").forEach(restore);
  document.querySelectorAll(DAY_FIELDS).forEach(sayDay);
  document.querySelector("[data-focus]")?.focus();
});

// ---- "/" leads to the box that looks everywhere ----------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const box = [...document.querySelectorAll("[data-search]")].find((each) => each.checkVisibility());
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
