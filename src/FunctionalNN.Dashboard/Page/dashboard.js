// Shows what the server sends: the newest state of the run. What comes while the page is drawing or hidden waits, and only the newest of it is drawn.
"use strict";
(() => {
  const at = id => document.getElementById(id);
  const places = new Map();
  let waiting = null, busy = false, shown = null, stopping = null;

  const number = (value, digits = 4) => value == null ? "–" : Math.abs(value) >= 1e12 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(2) : Number(value.toPrecision(digits)).toLocaleString("en");
  const share = value => value == null ? "–" : `${(100 * value).toFixed(1)} %`;
  const two = value => String(value).padStart(2, "0");
  function time(seconds) {
    if (seconds == null) return "–";
    const whole = Math.round(seconds), minutes = Math.floor(whole / 60) % 60, hours = Math.floor(whole / 3600);
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  }

  const words = { waiting: "waiting for the first epoch", running: "training", ended: "finished", failed: "failed" };

  function head(news) {
    document.body.dataset.state = news.state;
    const epoch = news.epoch == null ? "" : `, epoch ${news.epoch}${news.epochs ? ` of ${news.epochs}` : ""}`;
    at("state").textContent = words[news.state] + epoch;
    document.title = words[news.state] + epoch;
    at("reason").textContent = news.reason;
    at("stop").hidden = news.state !== "running" && news.state !== "waiting";
    at("stop").disabled = stopping === news.run;
    at("bar").hidden = !news.epochs;
    if (news.epochs) at("bar").firstElementChild.style.width = `${Math.min(100, 100 * (news.epoch ?? 0) / news.epochs)}%`;
    const lines = [
      ["training loss", number(news.training?.loss)],
      ["held-out loss", news.validation && number(news.validation.loss)],
      ["training accuracy", news.training?.accuracy == null ? null : share(news.training.accuracy)],
      ["held-out accuracy", news.validation?.accuracy == null ? null : share(news.validation.accuracy)],
      ["learning rate", number(news.rate)],
      ["steps", number(news.step, 12)],
      ["rows a second", number(news.rowsPerSecond, 3)],
      ["time", time(news.elapsed)],
      ["time left", news.left == null ? null : time(news.left)],
    ].filter(line => line[1] != null);
    at("numbers").replaceChildren(...lines.map(([name, value]) => {
      const item = document.createElement("div");
      item.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value }));
      return item;
    }));
  }

  function health(news) {
    at("health").hidden = news.layers.length === 0;
    at("health").querySelector("tbody").replaceChildren(...news.layers.map(layer => {
      const row = document.createElement("tr");
      const texts = [layer.name, number(layer.spread, 3), share(layer.dead), layer.ratio == null ? "" : layer.ratio.toExponential(1)];
      row.append(...texts.map(text => Object.assign(document.createElement("td"), { textContent: text })));
      row.children[2].className = layer.dead > 0.5 ? "bad" : "";
      return row;
    }));
    at("network").hidden = !news.network;
    at("network").querySelector("pre").textContent = news.network ?? "";
    at("problem").hidden = !news.problem;
    at("problem").textContent = news.problem ? `Some pictures are missing: ${news.problem}` : "";
  }

  function place(item) {
    if (!places.has(item.name)) {
      const frame = document.createElement("figure");
      frame.dataset.name = item.name;
      frame.append(document.createElement("h2"), document.createElement("p"), Object.assign(document.createElement("div"), { className: "plot" }));
      at("pictures").insertBefore(frame, at("health"));
      places.set(item.name, frame);
    }
    const frame = places.get(item.name);
    frame.querySelector("h2").textContent = item.title;
    frame.querySelector("p").textContent = item.note;
    frame.querySelector("p").hidden = !item.note;
    return frame.querySelector(".plot");
  }

  // Places are made first, so that every picture is drawn in the width that it will have.
  async function show(news) {
    if (news.run !== shown) {
      for (const [name, frame] of places) {
        figures.drawn.delete(frame.querySelector(".plot"));
        frame.remove();
        places.delete(name);
      }
      shown = news.run;
    }
    head(news);
    health(news);
    for (const [element, figure] of news.figures.map(item => [place(item), item.figure])) {
      await figures.draw(element, figure);
    }
    document.documentElement.dataset.updates = Number(document.documentElement.dataset.updates ?? 0) + 1;
  }

  async function work() {
    if (busy || document.hidden) return;
    busy = true;
    try {
      while (waiting !== null && !document.hidden) {
        const news = waiting;
        waiting = null;
        await show(JSON.parse(news));
      }
    } finally {
      busy = false;
    }
  }

  function lost(source) {
    const state = document.body.dataset.state;
    if (state === "ended" || state === "failed") {
      source.close();
      at("reason").textContent += `${at("reason").textContent ? ". " : ""}The program has closed this page: it keeps what it shows and cannot be reloaded`;
    } else {
      document.body.dataset.state = "lost";
      at("reason").textContent = "The connection is lost: the program may have been ended. Trying again …";
    }
  }

  figures.drawAll();
  if (typeof Plotly === "undefined") {
    at("reason").textContent = "Plotly could not be loaded: this library was built without npm and its pages need the network.";
    return;
  }
  document.addEventListener("visibilitychange", work);
  at("stop").addEventListener("click", () => {
    stopping = shown;
    at("stop").disabled = true;
    fetch("stop", { method: "POST" }).catch(() => { stopping = null; at("stop").disabled = false; });
  });
  const source = new EventSource("events");
  source.onmessage = event => { waiting = event.data; work(); };
  source.onerror = () => lost(source);
})();
