import { chatScenarios } from '../contracts/chat-scenarios.ts';
import { startSurface } from './surface.ts';

chatScenarios('Discord', startSurface);
