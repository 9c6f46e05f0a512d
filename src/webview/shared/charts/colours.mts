/** Gives the value of a CSS variable such as `--ow-series-1`. */
export type ColourLookup = (name: string) => string;

const VARIABLE = /var\((--ow-[a-z0-9-]+)\)/gu;

/**
 * The same spec, config or text with colours in place of their variables. A canvas and a file know no variables: without
 * this their pictures are blank, and nothing says so.
 */
export function withColours<T>(value: T, lookup: ColourLookup): T {
  const replace = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return part.replace(VARIABLE, (_, name: string) => lookup(name));
    }
    if (Array.isArray(part)) {
      return part.map(replace);
    }
    return typeof part === 'object' && part !== null
      ? Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, replace(inner)]))
      : part;
  };
  return replace(value) as T;
}

/** The colours of the page as they are now. */
export function pageColours(): ColourLookup {
  const known = new Map<string, string>();
  return (name) => {
    const colour = known.get(name) ?? computedColour(name);
    known.set(name, colour);
    return colour;
  };
}

/** The value of a variable may be another variable or a mixture: only a property that it colours tells what it is. */
function computedColour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
