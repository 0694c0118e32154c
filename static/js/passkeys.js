// Between the page and the browser's passkeys: allauth's own scripts do the ceremony, this file starts them (no inline
// script may) and puts what went wrong into words.
"use strict";

const FAULTS = {
  NotAllowedError: "Đã hủy hoặc hết thời gian chờ. Hãy bấm nút để thử lại.",
  InvalidStateError: "Khóa của máy này đã có trong tài khoản.",
  SecurityError: "Trình duyệt không cho dùng khóa truy cập ở địa chỉ này: cần mở hệ thống bằng https và đúng tên miền.",
};
const UNKNOWN = "Chưa dùng được khóa truy cập trên máy này. Hãy dùng mật khẩu hoặc mã của ứng dụng xác thực.";

const fault = document.getElementById("passkey-fault");
function say(words) {
  fault.textContent = words;
  fault.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (fault) say(FAULTS[event.detail.exception?.name] || UNKNOWN);
});

const STARTS = [
  ["passkey-add", (forms, ids) => forms.addForm({ ids: { ...ids, add: "passkey-add" } })],
  ["passkey-authenticate", (forms, ids) => forms.authenticateForm({ ids: { ...ids, authenticate: "passkey-authenticate" } })],
  ["passkey-login", (forms, ids) => forms.loginForm({ ids: { ...ids, login: "passkey-login" } })],
];

for (const [id, start] of STARTS) {
  const button = document.getElementById(id);
  if (!button) continue;
  const area = button.closest("[data-passkey-area]");
  if (!window.PublicKeyCredential) {
    if (area) continue;
    button.disabled = true;
    say("Trình duyệt này chưa dùng được khóa truy cập ở địa chỉ này (cần https và trình duyệt mới).");
    continue;
  }
  if (area) area.hidden = false;
  start(window.allauth.webauthn.forms, {
    credential: button.dataset.credential,
    passwordless: button.dataset.passwordless,
    data: "passkey-data",
  });
  button.addEventListener("click", () => (fault.hidden = true));
}
