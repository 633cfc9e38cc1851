export { type AuditedAct, AuditLog, type AuditLogOptions } from './audit-log.ts';
