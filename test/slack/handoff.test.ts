import { handoffScenarios } from '../contracts/handoff-scenarios.ts';
import { startSurface } from './surface.ts';

handoffScenarios('in Slack', (desks) => startSurface('socket', desks));
