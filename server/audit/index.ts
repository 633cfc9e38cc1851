export {
  type Alongside,
  type AuditedAct,
  AuditLog,
  type AuditLogOptions,
  type AuditOutcome,
} from './audit-log.ts';
export { type StoredAuditReport, verifyStoredAudit } from './stored-audit.ts';
