// What is typed into a paper is kept by the server until it is saved, and acts of the server on the text: a Word file read, labels
// counted anew. What happened is said by `say`.
"use strict";

const Keeping = (() => {
  const KEEP_AFTER = 4000;
  const PATIENCE = 60000;
  const LOGIN = "/tai-khoan/login/";

  // Sends something of the page. Who logged in again at another window has a new token: it is fetched, and the sending is
  // tried once more. Fails with "ended" where nobody is logged in any more.
  async function post(form, url, data, stop = new AbortController()) {
    const token = form.elements.csrfmiddlewaretoken;
    const once = () => {
      data.set("csrfmiddlewaretoken", token.value);
      return fetch(url, { method: "POST", body: data, redirect: "manual", signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), stop.signal]) });
    };
    let answer = await once();
    if (answer.status === 403 || answer.type === "opaqueredirect") {
      const page = await fetch(location.pathname);
      if (page.url.includes(LOGIN)) throw new Error("ended");
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form.writer [name=csrfmiddlewaretoken]");
      if (fresh) token.value = fresh.value;
      answer = await once();
    }
    if (![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
    return answer;
  }

  // Says why nothing can be sent; what is typed stays on the page.
  function sayWhy(error, say, words) {
    if (error.message === "ended") say("Phiên làm việc đã hết nên chưa lưu được. Chữ anh/chị gõ vẫn còn nguyên trên trang này:", "late", "đăng nhập lại ở cửa sổ khác rồi trở lại đây");
    else say(navigator.onLine ? words : `Đang mất kết nối. ${words}`, "late");
  }

  // Returns what is to be called whenever something was typed; `sent` gives the form as it stands.
  function keeper(form, said, sent, say) {
    let typing = false; // something that nobody keeps yet
    let timer;
    let stop; // of what is on its way: saving the paper makes it void

    async function keep() {
      clearTimeout(timer);
      if (!typing) return;
      typing = false;
      stop = new AbortController();
      try {
        const answer = await post(form, form.dataset.keep, sent(), stop);
        said.innerHTML = await answer.text();
      } catch (error) {
        if (stop.signal.aborted) return;
        typing = true;
        sayWhy(error, say, "Chưa giữ được bản viết dở lên máy chủ. Đừng đóng trang này.");
        timer = setTimeout(keep, 10000);
      }
    }

    function typed() {
      if (!typing) clearTimeout(timer), (timer = setTimeout(keep, KEEP_AFTER));
      typing = true;
    }

    document.addEventListener("visibilitychange", () => document.hidden && keep());
    form.addEventListener("submit", (event) => {
      if (event.submitter?.formTarget === "_blank") return;
      clearTimeout(timer);
      typing = false;
      stop?.abort();
    });
    window.addEventListener("beforeunload", (event) => typing && event.preventDefault());

    return typed;
  }

  async function ofServer(url, form, say, data) {
    const answer = await post(form, url, data);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 422) say(page.body.textContent.trim(), "late");
    return answer.status === 200 ? page : null;
  }

  // The text of the file chosen takes the place of what stands there, once the writer agrees.
  async function fromFile(form, say) {
    const { upload: input, body: area, annexes } = form.elements;
    if (!input.files.length || form.querySelector(".file-hint.is-wrong")) return;
    const data = new FormData();
    data.set("upload", input.files[0]);
    const page = await ofServer(form.dataset.ofFile, form, say, data);
    input.value = "";
    input.closest("details").open = false;
    if (!page) return;
    const take = () => {
      const other = page.querySelector("[data-text=annexes]").value;
      if (other) Writing.rewrite(annexes, other);
      Writing.rewrite(area, page.querySelector("[data-text=body]").value);
      Writing.show(area, 0);
      say("Đã lấy nội dung từ tệp Word. Bấm Ctrl+Z để trở lại nội dung cũ.", "done");
    };
    if (area.value.trim()) ask("Thay nội dung đang soạn bằng nội dung của tệp Word? Bấm Ctrl+Z để lấy lại nội dung cũ.", "Thay nội dung", take);
    else take();
  }

  async function renumber(form, target, say) {
    const data = new FormData();
    const before = target.value;
    data.set("body", before);
    const page = await ofServer(form.dataset.renumber, form, say, data);
    if (!page || target.value !== before) return;
    const text = page.querySelector("[data-text=body]").value;
    if (text === before) say("Số thứ tự các mục đã đúng.", "done");
    else Writing.rewrite(target, text), say("Đã đánh lại số thứ tự. Bấm Ctrl+Z để trở lại.", "done");
  }

  return { keeper, post, sayWhy, fromFile, renumber };
})();
