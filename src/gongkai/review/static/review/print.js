/* The button that prints, shown when the faces of the sheet are there; without JavaScript the browser's own command does. */
document.fonts.ready.then(function () {
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
});
