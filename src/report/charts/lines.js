// Lines over a number axis, with a band of uncertainty and marked places.
import { base, colour, font, formats, tooltip, valueAxis } from './style.js';

function bandSeries(band) {
  const common = {
    type: 'line',
    stack: 'band',
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0, color: colour.accent },
    itemStyle: { color: colour.accent },
  };
  return [
    { ...common, data: band.map(([x, low]) => [x, low]) },
    {
      ...common,
      data: band.map(([x, low, high]) => [x, high - low]),
      areaStyle: { color: colour.accent, opacity: 0.16 },
    },
  ];
}

function lineSeries(one, marks) {
  return {
    type: 'line',
    name: one.name,
    data: one.points,
    step: one.stepped ? 'end' : false,
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: false,
    cursor: 'default',
    lineStyle: { color: colour[one.colour], width: 2, type: one.dashed ? [5, 4] : 'solid' },
    itemStyle: { color: colour[one.colour] },
    emphasis: { disabled: true },
    markLine: marks && {
      silent: true,
      symbol: 'none',
      animation: false,
      lineStyle: { color: colour.soft, width: 1, type: [2, 3] },
      label: { color: colour.ink, fontFamily: font, fontSize: 12, formatter: (at) => at.name, position: 'end' },
      data: marks.map((mark) => ({ xAxis: mark.x, name: mark.text })),
    },
  };
}

export function lines(spec) {
  const series = spec.series.map((one, i) => lineSeries(one, i === 0 ? spec.marks : undefined));
  const named = series.map((one) => one.name);
  return {
    ...base,
    grid: { left: 4, right: 22, top: spec.marks ? 26 : 14, bottom: 28, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: colour.line, width: 1 } },
      ...tooltip((at) => {
        const shown = at.filter((one) => named.includes(one.seriesName));
        if (shown.length === 0) return '';
        const [x] = shown[0].value;
        const parts = shown.map((one) => {
          const y = formats[spec.yUnit](Math.round(one.value[1] * 10) / 10);
          return shown.length > 1 ? `${one.seriesName} ${y}` : y;
        });
        return `${spec.xText.replace('#', formats[spec.xUnit](Math.round(x * 10) / 10))}: ${parts.join('; ')}`;
      }),
    },
    xAxis: {
      ...valueAxis(formats[spec.xUnit], spec.xName),
      min: 0,
      max: spec.xMax,
      nameGap: 26,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: colour.line } },
    },
    yAxis: { ...valueAxis(formats[spec.yUnit]), min: spec.yMin ?? 0, max: spec.yMax ?? undefined },
    series: spec.band ? [...bandSeries(spec.band), ...series] : series,
  };
}
