// Colours are CSS variables, so a chart follows the colour scheme and the printer by itself.
export const colour = {
  accent: 'var(--accent)',
  quiet: 'var(--quiet)',
  warn: 'var(--warn)',
  ink: 'var(--ink)',
  soft: 'var(--ink-soft)',
  line: 'var(--line)',
  ground: 'var(--ground)',
};
export const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export const STEPS = 7;
// Colour of a value on the scale 0..max: its fill, and the text that can be read on it.
export function shade(value, max) {
  const step = value <= 0 || max <= 0 ? 0 : Math.min(STEPS - 1, 1 + Math.floor((value / max) * (STEPS - 1)));
  return { fill: `var(--step-${step})`, text: `var(--on-step-${step})` };
}

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
export function short(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return plain.format(value / 1e9) + ' bn';
  if (size >= 1e6) return plain.format(value / 1e6) + ' m';
  if (size >= 1e4) return plain.format(value / 1e3) + ' k';
  return plain.format(value);
}
export const formats = {
  percent: (value) => `${plain.format(value)} %`,
  number: short,
  days: (value) => `${plain.format(value)}`,
};

export const base = {
  animation: false,
  textStyle: { fontFamily: font, fontSize: 12, color: colour.soft },
};

// A tooltip that shows the text of a datum; text, never markup.
export function tooltip(textOf) {
  return {
    confine: true,
    backgroundColor: colour.ground,
    borderColor: colour.line,
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { color: colour.ink, fontFamily: font, fontSize: 13 },
    extraCssText: 'box-shadow:0 2px 12px var(--shadow);border-radius:6px;white-space:normal;max-width:280px',
    formatter(params) {
      const box = document.createElement('div');
      box.textContent = textOf(params) || '';
      return box;
    },
  };
}

export function valueAxis(format, name) {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: colour.soft, fontSize: 12 },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colour.soft, fontSize: 12, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: colour.line, width: 1 } },
  };
}

export function categoryAxis(categories) {
  return {
    type: 'category',
    data: categories,
    axisLine: { lineStyle: { color: colour.line } },
    axisTick: { show: false },
    axisLabel: { color: colour.soft, fontSize: 12, lineHeight: 16, hideOverlap: true },
    splitLine: { show: false },
  };
}
