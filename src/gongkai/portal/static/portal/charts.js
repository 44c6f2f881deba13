/* Pictures of a year. The numbers are read from the tables that stand on the page, which fold away below the pictures;
   where the library does not come the tables stay. The library is fetched when a chart comes near the window. */

(function () {
  "use strict";

  var frame = document.querySelector(".charts");
  var style = window.getComputedStyle(document.documentElement);
  var colour = function (name) {
    return style.getPropertyValue("--" + name).trim();
  };

  function numbersOf(table) {
    return Array.prototype.map.call(table.querySelectorAll("tr"), function (row) {
      var link = row.querySelector(".n a");
      return {
        label: row.querySelector("th").textContent.trim(),
        value: parseFloat(row.querySelector(".n").textContent.replace(/[^0-9.]/g, "")),
        url: link ? link.getAttribute("href") : "",
      };
    });
  }

  function optionsOf(numbers, upright) {
    var body = window.getComputedStyle(document.body);
    var text = { color: colour("ink"), fontSize: Math.round(parseFloat(body.fontSize) * 0.8), fontFamily: body.fontFamily };
    var names = {
      type: "category",
      inverse: !upright,
      data: numbers.map(function (one) { return one.label; }),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("edge") } },
      axisLabel: text,
    };
    var values = { type: "value", minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } };
    return {
      animation: false,
      grid: { left: 4, right: upright ? 4 : 44, top: upright ? 26 : 4, bottom: 4, containLabel: true },
      xAxis: upright ? names : values,
      yAxis: upright ? values : names,
      series: [{
        type: "bar",
        barMaxWidth: 28,
        itemStyle: { color: colour("brand") },
        label: { show: true, position: upright ? "top" : "right", color: text.color, fontSize: text.fontSize, fontFamily: text.fontFamily },
        data: numbers.map(function (one) { return { value: one.value, name: one.label }; }),
        cursor: numbers.some(function (one) { return one.url; }) ? "pointer" : "default",
      }],
    };
  }

  function draw(figure) {
    var table = figure.querySelector("table");
    var numbers = numbersOf(table);
    var upright = figure.getAttribute("data-chart") === "columns" && figure.clientWidth > 420;
    var canvas = document.createElement("div");
    canvas.className = "chart-picture";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", figure.getAttribute("data-words"));
    canvas.style.height = (upright ? 240 : 24 + 34 * numbers.length) + "px";
    table.parentNode.insertBefore(canvas, table);
    var picture = window.echarts.init(canvas, null, { renderer: "canvas" });
    picture.setOption(optionsOf(numbers, upright));
    picture.on("click", function (event) {
      if (numbers[event.dataIndex].url) window.location.href = numbers[event.dataIndex].url;
    });
    var fold = document.createElement("details");
    var summary = document.createElement("summary");
    summary.textContent = frame.getAttribute("data-fold");
    table.parentNode.insertBefore(fold, table);
    fold.appendChild(summary);
    fold.appendChild(table);
    window.addEventListener("resize", function () {
      picture.setOption(optionsOf(numbers, upright));
      picture.resize();
    });
    // On paper stands the table with its bars: a picture made for the screen does not fit there.
    var wasOpen = false;
    window.addEventListener("beforeprint", function () {
      wasOpen = fold.open;
      fold.open = true;
    });
    window.addEventListener("afterprint", function () { fold.open = wasOpen; });
  }

  function begin() {
    var script = document.createElement("script");
    script.src = frame.getAttribute("data-library");
    script.onload = function () {
      Array.prototype.forEach.call(frame.querySelectorAll(".chart"), draw);
      frame.classList.add("drawn");
    };
    document.head.appendChild(script);
  }

  if (!frame) return;
  if (!("IntersectionObserver" in window)) {
    begin();
    return;
  }
  var watch = new window.IntersectionObserver(function (seen) {
    if (!seen.some(function (one) { return one.isIntersecting; })) return;
    watch.disconnect();
    begin();
  }, { rootMargin: "200px" });
  watch.observe(frame);
})();
