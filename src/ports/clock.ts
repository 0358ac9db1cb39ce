/** The only time the services know. */
export interface Clock {
  now(): Date;
}
