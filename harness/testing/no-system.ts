/** A module without the right export. */
export default { name: 'no-system' }
