/**
 * How long anything may be under way, in milliseconds of the simulation's time. The protocol builds on requests that end
 * well within its leases (a post within 3 s, a lease's holder within 1 s of its end): a schedule must not keep one longer.
 */
export const requestPatience = 1_000
