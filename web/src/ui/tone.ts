/** The names of the colour pairs in `styles.css`, each readable in both themes. */
export type Tone = 'gray' | 'blue' | 'green' | 'amber' | 'red';
