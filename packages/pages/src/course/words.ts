/** Sentences about many pages. */
export const title = (pages: number): string => (pages === 1 ? '1 page' : `${pages} pages`)
export const sharedLines = (): string => 'The same wrong line'
export const slips = (): string => 'Slips by question'
export const pages = (): string => 'Pages'
export const troubled = (): string => 'Pages that need a look'
export const more = (rows: number): string => `… and ${rows} more; all of them in --json`
