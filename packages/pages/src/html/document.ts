/** A document of HTML that needs nothing else: no script, nothing from the network. */
import { escapeHtml } from '@chainrule/core'
import { CSS } from './css.ts'

/** The whole document. */
export const htmlDocument = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${CSS}</style>
</head>
<body>
${body}</body>
</html>
`
