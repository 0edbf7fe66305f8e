// Bars, upright or lying, one or two series. A hatched bar is a period that the file covers in part.
import { base, categoryAxis, colour, formats, tooltip, valueAxis } from './style.js';

export function bars(spec) {
  const format = formats[spec.unit];
  const categories = { ...categoryAxis(spec.categories), inverse: Boolean(spec.lying) };
  const values = { ...valueAxis(format), splitNumber: spec.lying ? 4 : 5 };
  const series = spec.series.map((one) => ({
    type: 'bar',
    name: one.name,
    barMaxWidth: spec.lying ? 14 : 34,
    barGap: '20%',
    barCategoryGap: spec.lying ? '38%' : spec.touching ? '12%' : '34%',
    cursor: 'default',
    emphasis: { disabled: true },
    data: one.values.map((value, i) => ({
      value,
      itemStyle: {
        color: one.hatched && one.hatched[i] ? `url(#hatch-${one.colour})` : colour[one.colour],
        borderColor: one.hatched && one.hatched[i] ? colour[one.colour] : 'none',
        borderWidth: one.hatched && one.hatched[i] ? 1 : 0,
        borderRadius: spec.lying ? [0, 2, 2, 0] : [2, 2, 0, 0],
      },
    })),
  }));
  return {
    ...base,
    grid: { left: 4, right: 16, top: 12, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', ...tooltip((at) => spec.series[at.seriesIndex].texts[at.dataIndex]) },
    xAxis: spec.lying ? values : categories,
    yAxis: spec.lying ? categories : values,
    series,
  };
}
