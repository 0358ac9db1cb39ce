import { chatScenarios } from '../contracts/chat-scenarios.ts';
import { startSurface } from './surface.ts';

chatScenarios('Slack over signed HTTP', () => startSurface('http'));
chatScenarios('Slack over Socket Mode', () => startSurface('socket'));
