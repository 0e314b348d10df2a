/** Programs in which every clause must have been decided: heavy ones are costly and need few. */
export const floors = { clause: 20, heavy: 3 }
