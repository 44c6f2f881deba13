/* One click copies a field. Without this script, or where the browser forbids it, one selects the text and copies it. */
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("[data-copies]"), function (button) {
    var field = document.getElementById(button.getAttribute("data-copies"));
    if (!field) { return; }
    var words = button.textContent;
    button.hidden = false;
    function told() {
      button.textContent = button.getAttribute("data-done");
      window.setTimeout(function () { button.textContent = words; }, 2000);
    }
    function old() {
      field.focus();
      field.select();
      if (document.execCommand("copy")) { told(); }
      button.focus();
    }
    button.addEventListener("click", function () {
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(field.value).then(told, old);
      } else {
        old();
      }
    });
  });
})();
