import { handoffScenarios } from '../contracts/handoff-scenarios.ts';
import { startSurface } from './surface.ts';

handoffScenarios('in Discord', startSurface);
