export {
  type Alongside,
  type AuditedAct,
  AuditLog,
  type AuditLogOptions,
  type AuditOutcome,
} from './audit-log.ts';
