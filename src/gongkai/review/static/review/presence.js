/* Says every half minute that this page is open and in front, and shows who else has the same object open. Without this
   script the page shows who was there when it was loaded. Nothing depends on it: when it fails, it stays silent. */
(function () {
  "use strict";
  var EVERY = 30000;
  var form = document.querySelector("form[data-doing]");
  if (!form || !window.fetch || !window.URLSearchParams) { return; }
  var place = form.querySelector("[aria-live]");

  function body(doing) {
    var told = new URLSearchParams(new FormData(form));
    told.set("doing", doing);
    return told;
  }

  function tell() {
    if (document.hidden) { return; }
    window.fetch(form.action, { method: "POST", body: body(form.getAttribute("data-doing")), redirect: "error" })
      .then(function (answer) { return answer.status === 200 ? answer.text() : null; })
      .then(function (others) {
        // Read out only when it changed.
        if (others !== null && others.trim() !== place.innerHTML.trim()) { place.innerHTML = others; }
      })
      .catch(function () {});
  }

  tell();
  window.setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
  window.addEventListener("pagehide", function () {
    if (navigator.sendBeacon) { navigator.sendBeacon(form.action, body("leaving")); }
  });
})();
