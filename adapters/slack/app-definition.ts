/** What the app is in Slack's eyes: the intake listens for it, and the manifest is generated from it. */
export const commandNames = ['/licence', '/license'] as const;
export const diagnoseShortcut = 'diagnose';
