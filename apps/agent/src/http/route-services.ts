import type { AppServices } from './app-services.ts';
import type { KnownTextLane } from './known-text-lane.ts';

/** What the routes work with. */
export interface RouteServices extends AppServices {
  /** What stands in front of them. */
  readonly lane: KnownTextLane;
}
