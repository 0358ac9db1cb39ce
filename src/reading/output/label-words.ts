import type { OutputLanguage } from './output.ts';

/** What a label names. */
export type LabelId =
  | 'version'
  | 'name'
  | 'description'
  | 'activationId'
  | 'applicationId'
  | 'extendedPid'
  | 'keyChannel'
  | 'installationId'
  | 'partialKey'
  | 'status'
  | 'reason'
  | 'expiration'
  | 'remaining'
  | 'evaluationEnd'
  | 'rearm'
  | 'skuRearm'
  | 'trustedTime'
  | 'activationType'
  | 'cmid'
  | 'kmsRegistered'
  | 'kmsFromDns'
  | 'kmsPort'
  | 'kmsCount'
  | 'edition'
  | 'other';

/** A label's spellings, by language; `property`: as WMI and PowerShell spell it. */
type Words = Partial<Record<OutputLanguage | 'property', readonly string[]>>;

/** Correct a label, never remove one. Those of slmgr.ini differ a little between Windows releases. */
export const labelWords: readonly (readonly [LabelId, Words])[] = [
  [
    'version',
    {
      en: ['Software licensing service version', 'Image Version'],
      ja: [
        'ソフトウェア ライセンス サービス バージョン',
        'ソフトウェア ライセンス サービスのバージョン',
        'イメージのバージョン',
      ],
      zh: ['软件授权服务器版本', '映像版本'],
      de: ['Softwarelizenzierungsdienst-Version', 'Abbildversion'],
      property: ['Version'],
    },
  ],
  [
    'name',
    {
      property: ['Name'],
      ja: ['名前'],
      zh: ['名称'],
      es: ['Nombre'],
      fr: ['Nom'],
      ko: ['이름'],
      pt: ['Nome'],
    },
  ],
  [
    'description',
    {
      property: ['Description'],
      ja: ['説明'],
      zh: ['描述'],
      de: ['Beschreibung'],
      es: ['Descripción'],
      ko: ['설명'],
      pt: ['Descrição'],
    },
  ],
  [
    'activationId',
    {
      en: ['Activation ID'],
      ja: ['ライセンス認証 ID'],
      zh: ['激活 ID'],
      de: ['Aktivierungs-ID'],
      es: ['Id. de activación'],
      fr: ["ID d'activation"],
      property: ['ActivationID', 'ID'],
    },
  ],
  [
    'applicationId',
    {
      en: ['Application ID'],
      ja: ['アプリケーション ID'],
      zh: ['应用程序 ID'],
      de: ['Anwendungs-ID'],
      es: ['Id. de aplicación'],
      fr: ["ID d'application"],
      property: ['ApplicationID'],
    },
  ],
  [
    'extendedPid',
    {
      en: ['Extended PID'],
      ja: ['拡張 PID'],
      zh: ['扩展 PID'],
      de: ['Erweiterte PID'],
      es: ['PID extendido'],
      fr: ['PID étendu'],
      property: ['ProductKeyID'],
    },
  ],
  [
    'keyChannel',
    {
      en: ['Product Key Channel'],
      ja: ['プロダクト キー チャネル'],
      zh: ['产品密钥通道'],
      de: ['Product Key-Kanal'],
      ko: ['제품 키 채널'],
      property: ['ProductKeyChannel'],
    },
  ],
  [
    'installationId',
    {
      en: ['Installation ID'],
      ja: ['インストール ID'],
      zh: ['安装 ID'],
      de: ['Installations-ID'],
      es: ['Id. de instalación'],
      fr: ["ID d'installation"],
      property: ['OfflineInstallationId'],
    },
  ],
  [
    'partialKey',
    {
      en: ['Partial Product Key'],
      ja: ['プロダクト キーの一部', '部分的なプロダクト キー'],
      zh: ['部分产品密钥'],
      es: ['Clave de producto parcial'],
      property: ['PartialProductKey'],
    },
  ],
  [
    'status',
    {
      en: ['License Status'],
      ja: ['ライセンスの状態'],
      zh: ['许可证状态'],
      de: ['Lizenzstatus'],
      es: ['Estado de la licencia'],
      property: ['LicenseStatus'],
    },
  ],
  ['reason', { en: ['Notification Reason'], ja: ['通知の理由'], property: ['LicenseStatusReason', 'Reason'] }],
  [
    'expiration',
    {
      en: ['Volume activation expiration', 'Timebased activation expiration', 'Automatic VM activation expiration'],
      ja: ['ボリューム ライセンス認証の有効期限'],
      zh: ['批量激活过期'],
    },
  ],
  ['remaining', { en: ['Time remaining'], property: ['GracePeriodRemaining'] }],
  ['evaluationEnd', { en: ['Evaluation End Date'], property: ['EvaluationEndDate'] }],
  [
    'rearm',
    {
      en: ['Remaining Windows rearm count', 'Remaining App rearm count'],
      ja: ['残りの Windows 猶予期限リセット可能回数'],
      zh: ['剩余 Windows 重置计数'],
      ko: ['남은 Windows 라이선스 초기화 횟수'],
      property: ['RemainingWindowsReArmCount', 'RemainingAppReArmCount'],
    },
  ],
  [
    'skuRearm',
    {
      en: ['Remaining SKU rearm count'],
      ja: ['残りの SKU 猶予期限リセット可能回数'],
      zh: ['剩余 SKU 重置计数'],
      property: ['RemainingSkuReArmCount'],
    },
  ],
  ['trustedTime', { en: ['Trusted time'], ja: ['信頼された時間'], zh: ['信任时间'], property: ['TrustedTime'] }],
  ['activationType', { en: ['Configured Activation Type'], zh: ['已配置的激活类型'] }],
  ['cmid', { en: ['Client Machine ID (CMID)'], zh: ['客户端计算机 ID (CMID)'], property: ['ClientMachineID'] }],
  ['kmsRegistered', { en: ['Registered KMS machine name'], property: ['KeyManagementServiceMachine'] }],
  [
    'kmsFromDns',
    {
      en: ['KMS machine name from DNS'],
      zh: ['来自 DNS 的 KMS 计算机名称'],
      property: ['DiscoveredKeyManagementServiceMachineName'],
    },
  ],
  [
    'kmsPort',
    { en: ['Listening on Port'], property: ['KeyManagementServicePort', 'DiscoveredKeyManagementServiceMachinePort'] },
  ],
  ['kmsCount', { en: ['Current count'], property: ['KeyManagementServiceCurrentCount'] }],
  ['edition', { property: ['EditionID', 'LicenseFamily'] }],
  // Labels that end another value, or that hold one of the labels above.
  [
    'other',
    {
      en: [
        'Use License URL',
        'Validation URL',
        'Processor Certificate URL',
        'Machine Certificate URL',
        'Product Key Certificate URL',
        'KMS machine IP address',
        'KMS machine extended PID',
        'Registered KMS SRV record lookup domain',
        'Activation interval',
        'Renewal interval',
        'Activation Object name',
        'AO DN',
        'AO extended PID',
        'AO activation ID',
        'Host machine name',
        'DNS auto-discovery',
        'Most recent activation information',
        'KMS priority',
        'Total requests received',
      ],
      ja: ['使用ライセンス URL', '検証 URL'],
      zh: ['最新激活信息', 'KMS 计算机 IP 地址', 'KMS 计算扩展的 PID', '激活时间间隔', '续订间隔'],
      property: ['LicenseIsAddon', 'IsKeyManagementServiceMachine', 'PSComputerName', 'CimClass', 'LicenseDependsOn'],
    },
  ],
];
