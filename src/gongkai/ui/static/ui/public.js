/* On every public page: elder mode, size of the text, printing, copying the address. Nothing depends on it.

   What a reader chose stays in the reader's own browser (localStorage) and is never sent: there is no cookie. The mode
   is set before the page is drawn, so that nothing jumps. */

(function () {
  "use strict";

  var root = document.documentElement;

  function kept(name) {
    try {
      return window.localStorage.getItem("gongkai:" + name);
    } catch (error) {
      return null; // storage is switched off: the choice holds for this page
    }
  }

  function keep(name, value) {
    try {
      if (value) window.localStorage.setItem("gongkai:" + name, value);
      else window.localStorage.removeItem("gongkai:" + name);
    } catch (error) {
      // As above.
    }
  }

  if (kept("elder")) root.classList.add("elder");

  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  document.addEventListener("DOMContentLoaded", function () {
    each("[data-elder]", function (button) {
      var show = function () {
        button.setAttribute("aria-pressed", String(root.classList.contains("elder")));
      };
      button.hidden = false;
      show();
      button.addEventListener("click", function () {
        var on = root.classList.toggle("elder");
        keep("elder", on ? "1" : "");
        show();
        window.dispatchEvent(new Event("resize"));
      });
    });

    var size = kept("size");
    each("input[name=text-size]", function (choice) {
      if (choice.value === size) choice.checked = true;
      choice.addEventListener("change", function () {
        keep("size", choice.value === "1" ? "" : choice.value);
      });
    });

    each("[data-print]", function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        window.print();
      });
    });

    each("[data-copy]", function (button) {
      var field = document.getElementById(button.getAttribute("data-copy"));
      var said = button.getAttribute("data-done");
      button.hidden = false;
      button.addEventListener("click", function () {
        field.select();
        if (document.execCommand("copy")) button.textContent = said;
      });
    });
  });
})();
