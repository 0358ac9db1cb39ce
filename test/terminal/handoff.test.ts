import { handoffScenarios } from '../contracts/handoff-scenarios.ts';
import { TerminalSurface } from './surface.ts';

handoffScenarios('in a terminal', (desks) => TerminalSurface.start(desks), ['strangers', 'redelivery', 'old-prompts']);
