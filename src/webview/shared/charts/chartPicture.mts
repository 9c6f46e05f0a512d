import * as l10n from '@vscode/l10n';
import type { Config, TopLevelSpec } from 'vega-lite';
import type { ChartBlock, ReportRow } from '../../../reports/reportModel';
import { chartConfig } from '../../../reports/specs/chartConfig';
import { LIGHT_COLOURS } from '../../../reports/specs/lightColours';
import { pageFont } from '../theme.mjs';
import { withColours, type ColourLookup } from './colours.mjs';
import { chartSvg } from './vegaChart.mjs';

export type PictureFormat = 'svg' | 'png';

/** Pixels of a PNG for one of the page. */
const SCALE = 2;
/** Pixels around the chart. */
const PADDING = 16;

/**
 * A chart as a file: on white in the colours of print, whatever the editor's theme, and with its title.
 * @param width pixels of the whole picture
 */
export async function chartPicture(
  { spec, dataset, title, description }: Pick<ChartBlock, 'spec' | 'dataset' | 'title' | 'description'>,
  rows: readonly ReportRow[],
  width: number,
  format: PictureFormat,
): Promise<Blob> {
  const light: ColourLookup = (name) => LIGHT_COLOURS[name as `--ow-${string}`] ?? '#000000';
  const titled = {
    ...spec,
    ...('width' in spec && spec.width === 'container' ? { width } : {}),
    title: { text: title, subtitle: description },
  } as TopLevelSpec;
  const { family, size } = pageFont();
  const config: Config = {
    // A picture may be opened where the editor's font is not installed.
    ...chartConfig({ family: `${family}, sans-serif`, size }),
    background: 'var(--ow-background)',
    padding: PADDING,
    title: {
      anchor: 'start',
      color: 'var(--ow-foreground)',
      fontSize: size + 2,
      offset: PADDING,
      subtitleColor: 'var(--ow-muted)',
      subtitleFontSize: size - 1,
      subtitlePadding: 4,
    },
  };
  const source = { spec: withColours(titled, light), dataset, rows };
  const svg = new Blob([await chartSvg(source, withColours(config, light))], { type: 'image/svg+xml' });
  return format === 'svg' ? svg : pngOf(svg);
}

/** @throws Error when the browser cannot paint the picture, for example because it is too large */
async function pngOf(svg: Blob): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    const context = canvas.getContext('2d');
    if (context === null) {
      throw new Error(l10n.t('This window cannot paint pictures.'));
    }
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (png === null) {
      throw new Error(l10n.t('The picture is too large to be painted.'));
    }
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The bytes of a file as messages carry them. */
export function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error(l10n.t('The picture cannot be read.')));
    reader.readAsDataURL(blob);
  });
}
