/* On every staff page and every page of an error: drafts of this window (publishing/drafts.js) go when they were saved and when one signs out. */

(function () {
  "use strict";

  function forget(isTheirs) {
    try {
      Object.keys(window.sessionStorage).filter(isTheirs).forEach(function (key) {
        window.sessionStorage.removeItem(key);
      });
    } catch (error) {
      // Storage is switched off: there is nothing to forget.
    }
  }

  function sent() {
    try {
      return window.sessionStorage.getItem("gongkai:sent");
    } catch (error) {
      return null;
    }
  }

  // A form that was accepted leads to another page; one that was not comes back with its fields, or as an error page.
  var key = sent();
  var refused = document.querySelector(".error-page");
  if (key && (refused || (document.body.classList.contains("staff") && !document.querySelector("form[data-draft]")))) {
    forget(function (name) {
      return name === "gongkai:sent" || (!refused && name === key);
    });
  }

  document.querySelectorAll("form[data-signs-out]").forEach(function (form) {
    form.addEventListener("submit", function () {
      forget(function (name) {
        return name.indexOf("gongkai:") === 0;
      });
    });
  });
})();
