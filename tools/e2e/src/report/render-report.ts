import { drawOverview } from './draw-overview.ts';
import { drawTimeline } from './draw-timeline.ts';
import { escapeHtml } from './escape-html.ts';
import { describeDuration, describeGibibytes } from './quantities.ts';
import { reportStyle } from './report-style.ts';
import { countOutcomes } from './run-outcome.ts';
import type { Environment, Evidence, RunReport, ScenarioReport } from './run-report.ts';
import { timelineOf } from './timeline.ts';

/** The report as one HTML page that needs nothing else. */
export function renderReport(report: RunReport): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>task-api on a real cluster: ${escapeHtml(headline(report))}</title><style>${reportStyle}</style></head><body><main>`,
    renderHead(report),
    renderFigures(report),
    renderSummary(report),
    renderLegend(),
    ...report.scenarios.map(renderScenario),
    '</main></body></html>',
  ].join('\n');
}

function headline(report: RunReport): string {
  const { passed, failed, skipped } = countOutcomes(report);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function renderHead(report: RunReport): string {
  const { failed } = countOutcomes(report);
  const { machine, chart, lane, kubernetesVersion, nodes, helm } = report.environment;
  const helms = Object.values(helm).join(' and ');
  const on = `Kubernetes ${kubernetesVersion} with ${nodes.length} nodes, Helm ${helms}, ${chart} in the lane ${lane}`;
  return [
    `<h1><span class="${failed > 0 ? 'bad' : 'good'}">${escapeHtml(headline(report))}</span></h1>`,
    `<p class="faint">${escapeHtml(on)}</p>`,
    `<p class="faint">${escapeHtml(`${new Date(report.startedAtMs).toISOString()}, on ${machine}`)}</p>`,
  ].join('');
}

function renderFigures(report: RunReport): string {
  const loads = report.scenarios.flatMap((scenario) => scenario.loads);
  const requests = loads.reduce((total, load) => total + load.requests, 0);
  const figures: readonly (readonly [string, string])[] = [
    ['the whole run', describeDuration(report.endedAtMs - report.startedAtMs)],
    ...environmentFigures(report.environment),
    ['requests under load', requests.toLocaleString('en')],
  ];
  const cells = figures.map(
    ([name, value]) => `<div class="figure"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></div>`,
  );
  return `<div class="figures">${cells.join('')}</div>`;
}

function environmentFigures({ bootMs, imagesMs, memory }: Environment): readonly (readonly [string, string])[] {
  return [
    ...(bootMs === undefined ? [] : [['cluster boot', describeDuration(bootMs)] as const]),
    ...(imagesMs === undefined ? [] : [['images', describeDuration(imagesMs)] as const]),
    ...(memory === undefined
      ? []
      : [
          ['memory at most, of the machine', describeGibibytes(memory.peakBytes)] as const,
          ['of that before the run', describeGibibytes(memory.beforeBytes)] as const,
        ]),
  ];
}

function renderSummary(report: RunReport): string {
  const rows = report.scenarios.map(renderRow).join('');
  const head = ['scenario', 'proves', 'Helm', 'time', 'requests', 'failed'];
  const cells = head.map((name, index) => `<th${index > 1 ? ' class="number"' : ''}>${name}</th>`);
  return `<div class="card"><table><tr>${cells.join('')}</tr>${rows}</table>${drawOverview(report)}</div>`;
}

function renderRow(scenario: ScenarioReport): string {
  const { title, helm, status, loads, startedAtMs, endedAtMs } = scenario;
  const requests = loads.reduce((total, load) => total + load.requests, 0);
  const failed = loads.reduce((total, load) => total + load.failed, 0);
  const numbers = [
    `${helm}`,
    status === 'skipped' ? '–' : describeDuration(endedAtMs - startedAtMs),
    loads.length === 0 ? '' : requests.toLocaleString('en'),
    loads.length === 0 ? '' : failed.toLocaleString('en'),
  ];
  const link = `<span class="dot ${status}"></span><a href="#${anchorOf(scenario)}">${escapeHtml(nameOf(scenario))}</a>`;
  const columns = numbers.map((value) => `<td class="number">${escapeHtml(value)}</td>`).join('');
  return `<tr><td style="white-space:nowrap">${link}</td><td class="faint">${escapeHtml(title)}</td>${columns}</tr>`;
}

const legend: readonly (readonly [string, string])[] = [
  ['accent', 'helm'],
  ['idle', 'pending'],
  ['init', 'init container'],
  ['wait', 'running, not ready'],
  ['good', 'ready'],
  ['done', 'succeeded'],
  ['going', 'terminating'],
  ['bad', 'failed'],
  ['area', 'answered requests'],
];

function renderLegend(): string {
  const entries = legend.map(([color, text]) => `<span><i style="background:var(--${color})"></i>${text}</span>`);
  return `<div class="legend">${entries.join('')}</div>`;
}

function renderScenario(scenario: ScenarioReport): string {
  const { status, title, helm, startedAtMs, endedAtMs, reason, mutation } = scenario;
  const badge = mutation === undefined ? '' : '<span class="badge">mutation: has to fail</span>';
  return [
    `<section class="card ${status}" id="${anchorOf(scenario)}">`,
    `<div class="head"><h2>${escapeHtml(nameOf(scenario))}</h2><span class="badge">Helm ${helm}</span>${badge}`,
    status === 'failed' && mutation === undefined ? '<span class="badge bad">failed</span>' : '',
    `<span class="time faint">${status === 'skipped' ? 'skipped' : describeDuration(endedAtMs - startedAtMs)}</span></div>`,
    `<p class="faint">${escapeHtml(reason ?? title)}</p>`,
    renderNotes(scenario),
    renderFailure(scenario),
    status === 'skipped' ? '' : drawTimeline(timelineOf(scenario)),
    renderDetails(scenario),
    '</section>',
  ].join('');
}

function renderNotes({ notes, loads }: ScenarioReport): string {
  const ofLoads = loads.map(({ name, requests, failed, streamsMoved, integrity }) => {
    const { tasksAcknowledged, runsCompleted, lost, doubled } = integrity;
    const writes = `${tasksAcknowledged + runsCompleted} writes, ${lost.length} lost, ${doubled.length} doubled`;
    return `${name}: ${requests} requests, ${failed} failed; ${writes}; ${streamsMoved} streams moved`;
  });
  const texts = [...notes.map(({ name, value }) => `${name}: ${value}`), ...ofLoads];
  if (texts.length === 0) return '';
  return `<div class="notes">${texts.map((text) => `<span class="badge">${escapeHtml(text)}</span>`).join('')}</div>`;
}

function renderFailure({ failure }: ScenarioReport): string {
  if (failure === undefined) return '';
  const at = failure.step === undefined ? '' : `in the step “${failure.step}”\n`;
  return `<pre class="failure">${escapeHtml(`${at}${failure.message}`)}</pre>`;
}

function renderDetails({ commands, loads, evidence }: ScenarioReport): string {
  const ofCommands = commands.map(({ command, exitCode, output }) => ({
    title: `$ ${command}`,
    text: `${output}\n(exit code ${exitCode})`,
  }));
  const ofLoads = loads.flatMap(({ name, failures }) =>
    failures.length === 0
      ? []
      : [{ title: `failed requests of ${name}`, text: failures.map((failure) => JSON.stringify(failure)).join('\n') }],
  );
  return renderTexts('commands', ofCommands) + renderTexts('evidence', [...ofLoads, ...evidence]);
}

function renderTexts(name: string, texts: readonly Evidence[]): string {
  if (texts.length === 0) return '';
  const parts = texts.map(({ title, text }) => `<h3>${escapeHtml(title)}</h3><pre>${escapeHtml(text)}</pre>`);
  return `<details><summary>${name} (${texts.length})</summary>${parts.join('')}</details>`;
}

function nameOf({ name, mutation }: ScenarioReport): string {
  return mutation === undefined ? name : `${mutation} → ${name}`;
}

function anchorOf({ name, helm, mutation }: ScenarioReport): string {
  return `${mutation ?? name}-${helm}`;
}
