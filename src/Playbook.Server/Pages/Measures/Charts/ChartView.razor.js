let loading;

/** The library, once for the page. */
function library(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error(`The charts' script did not load from ${address}.`));
    document.head.append(script);
  });
  return loading;
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const tones = { primary: '--primary', quiet: '--soft', good: '--green', bad: '--red', warning: '--amber' };
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

function number(value, { isShare, unit }) {
  if (value === null || value === undefined) return '–';
  if (isShare) return `${(value * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })}\u00A0%`;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits }) + (unit ? ` ${unit}` : '');
}

const short = (value, { isShare }) => isShare ? `${+(value * 100).toFixed(1)}\u00A0%`
  : Math.abs(value) >= 1e6 ? `${+(value / 1e6).toFixed(1)} M` : Math.abs(value) >= 1e3 ? `${+(value / 1e3).toFixed(1)} k` : `${+value.toFixed(2)}`;

function options(spec, width) {
  const [text, soft, line, card] = ['--text', '--soft', '--line', '--card'].map(colour);
  const series = [];
  const { series: wanted } = spec;
  for (let at = 0; at < wanted.length; at++) {
    const one = wanted[at];
    const tint = colour(tones[one.tone]);
    const common = { name: one.name, yAxisIndex: one.isOnRight ? 1 : 0, data: one.values, itemStyle: { color: tint }, emphasis: { disabled: true } };
    if (one.look === 'band') {
      // An area between two lines is two stacked ones, of which the lower is not painted.
      const upper = wanted[++at];
      const quiet = { type: 'line', stack: `band-${at}`, symbol: 'none', lineStyle: { opacity: 0 }, emphasis: { disabled: true }, z: 1 };
      series.push({ ...quiet, name: one.name, data: one.values, itemStyle: { color: tint } });
      series.push({ ...quiet, name: upper.name, itemStyle: { color: tint }, areaStyle: { color: tint, opacity: 0.16 }, upper: upper.values,
        data: upper.values.map((high, index) => high === null || one.values[index] === null ? null : high - one.values[index]) });
    } else if (one.look === 'bar') {
      series.push({ ...common, type: 'bar', stack: spec.isStacked ? 'all' : undefined, barMaxWidth: 34, itemStyle: { color: tint, opacity: one.tone === 'quiet' ? 0.45 : 1, borderRadius: spec.isStacked ? 0 : [2, 2, 0, 0] } });
    } else if (one.look === 'points') {
      series.push({ ...common, type: 'line', symbol: 'circle', symbolSize: 9, showAllSymbol: true, lineStyle: { opacity: 0 }, z: 5 });
    } else {
      series.push({ ...common, type: 'line', symbol: one.values.length > 40 || one.look === 'dashes' ? 'none' : 'circle', symbolSize: 5, showSymbol: true, connectNulls: false,
        lineStyle: { width: 2, type: one.look === 'dashes' ? 'dashed' : 'solid', color: tint }, z: 3 });
    }
  }

  // An area is named once, by what its two ends have in common.
  const areas = new Map(wanted.flatMap((one, at) => (one.look === 'band' && wanted[at - 1]?.look === 'band' ? [[one.name, one.name.replace(/,? high$/, '')]] : [])));
  const legend = wanted.filter((one, at) => one.look !== 'band' || areas.has(one.name)).map(one => ({ name: one.name, ...(areas.has(one.name) ? { icon: 'roundRect' } : {}) }));
  const axis = isRight => ({
    type: 'value', position: isRight ? 'right' : 'left', axisLabel: { color: soft, fontSize: 11, formatter: value => short(value, spec) },
    max: spec.isShare && !isRight ? ({ max }) => (max < 0.1 ? 0.1 : null) : undefined,
    splitLine: { show: !isRight, lineStyle: { color: line } }, axisLine: { show: false }, axisTick: { show: false },
  });
  return {
    animation: !still(), animationDuration: 250,
    textStyle: { color: text, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 6, right: 10, top: wanted.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
    legend: wanted.length > 1 ? { data: legend, formatter: name => areas.get(name) ?? name, top: 0, left: 0, itemWidth: 14, itemHeight: 9, textStyle: { color: soft, fontSize: 12 }, type: 'scroll' } : undefined,
    tooltip: {
      trigger: 'axis', confine: true, backgroundColor: card, borderColor: line, textStyle: { color: text, fontSize: 12.5 },
      formatter: points => `<b>${escape(points[0].axisValueLabel)}</b><br>` + points.map(point =>
        `${point.marker}${escape(point.seriesName)}: ${number((series[point.seriesIndex].upper ?? series[point.seriesIndex].data)[point.dataIndex], spec)}`).join('<br>'),
    },
    xAxis: { type: 'category', data: spec.labels, axisLabel: { color: soft, fontSize: 11, ...labels(spec, width) }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, boundaryGap: series.some(one => one.type === 'bar') },
    yAxis: wanted.some(one => one.isOnRight) ? [axis(false), axis(true)] : [axis(false)],
    series,
  };
}

// All labels where there are few: in lines where a word fits below its place, else aslant.
function labels(spec, width) {
  if (spec.labels.length > 9) return { hideOverlap: true };
  const room = Math.max(30, (width - 70) / spec.labels.length - 6);
  const longest = Math.max(...spec.labels.flatMap(label => label.split(' ')).map(word => word.length)) * 6.2;
  return { interval: 0, hideOverlap: false, ...(longest <= room ? { width: room, overflow: 'break' } : { rotate: 38 }) };
}

const escape = text => String(text).replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);

/** Draws a chart into the host, and anew where the colours or the width change. */
export async function draw(host, address, json) {
  const echarts = await library(address);
  let spec = JSON.parse(json);
  if (!host.isConnected) return { change() {}, picture() {}, end() {} };
  const chart = echarts.init(host, null, { renderer: 'canvas' });
  let width;
  const paint = () => chart.setOption(options(spec, width = host.clientWidth), true);
  paint();
  const size = new ResizeObserver(() => {
    chart.resize();
    // Labels have another room now.
    if (width !== host.clientWidth) paint();
  });
  size.observe(host);
  const look = new MutationObserver(paint);
  look.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  host.dataset.drawn = '';
  return {
    change(next) { spec = JSON.parse(next); paint(); },
    picture(name) { follow(name, chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colour('--card') })); },
    end() { size.disconnect(); look.disconnect(); chart.dispose(); },
  };
}

/** Gives the person a file with the text. */
export function save(name, text) {
  const address = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  follow(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function follow(name, address) {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
