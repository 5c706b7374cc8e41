/** Text of a page, made harmless for a terminal. */

/** Characters that steer a terminal or turn the direction of writing; line ends and tabs are blanks. */
// eslint-disable-next-line no-control-regex
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g

/** The text, as long as before, with `�` in the place of what no one can see. */
export const printable = (text: string): string => text.replace(/[\t\n\r\u2028\u2029]/g, ' ').replace(STEERING, '\ufffd')
