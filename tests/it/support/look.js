// What is wrong with a page, a sentence each: run in the page by `tests/it/looks.rs`.
(() => {
  const faults = [];
  const fault = (what, element) => faults.push(`${what}: ${(element.outerHTML || element).slice(0, 120)}`);
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      const [, , , alpha = 1] = numbers(colour);
      if (alpha === 1) return colour;
      if (alpha > 0) fault('a ground that is seen through', element);
    }
    return 'rgb(255, 255, 255)';
  };
  const shown = (element) => element.getClientRects().length > 0;

  if (document.documentElement.scrollWidth > innerWidth) fault('wider than the screen', `${document.documentElement.scrollWidth}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !shown(element)) continue;
    const style = getComputedStyle(element);
    const ratio = contrast(element.namespaceURI.endsWith('svg') ? style.fill : style.color, ground(element));
    if (ratio < 4.5) fault(`contrast ${ratio.toFixed(2)}`, element);
  }
  for (const picture of document.querySelectorAll('figure > svg')) {
    if (!shown(picture)) continue;
    const frame = picture.getBoundingClientRect();
    const boxes = [...picture.querySelectorAll('text')].map((label) => [label, label.getBoundingClientRect()]);
    boxes.forEach(([label, box], at) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1) fault('outside its picture', label);
      if (box.height < 9) fault(`letters ${box.height} high`, label);
      for (const [other, next] of boxes.slice(at + 1)) {
        if (box.left < next.right - 1 && next.left < box.right - 1 && box.top < next.bottom - 4 && next.top < box.bottom - 4) fault(`covers "${other.textContent}"`, label);
      }
    });
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) if (name.startsWith('on') || name === 'style') fault(name, element);
    if (element.tabIndex > 0) fault('out of order', element);
  }
  if (document.scripts.length + document.querySelectorAll('img, iframe, object, embed, base, main style').length > 0) fault('what stories may not bring', document.body);
  for (const element of document.querySelectorAll('input, select')) if (!element.labels.length) fault('no label', element);
  if (document.querySelectorAll('h1').length !== 1 || !document.querySelector('main')) fault('no one heading', document.body);
  const names = [...document.querySelectorAll('[id]')].map((element) => element.id);
  if (new Set(names).size !== names.length) fault('two of one id', names.join(' '));
  return faults.slice(0, 20);
})()
