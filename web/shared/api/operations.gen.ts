// Written by scripts/gen/client from openapi/sealbook.v1.json; do not edit.

export type AccessRuleView = { rule: string; holds: boolean; why: string };
export type AccountView = { id: string; role: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient"; practitioner_id?: string; active: boolean; created_at: string };
export type AddParticipantsRequest = { patient_ids: Array<string>; service_ids?: Array<string> };
export type AddParticipantsResponse = { added: number; known: number };
export type AddPasskeyRequest = { label: string; credential: RegistrationCredentialJson };
export type AgreementView = { kind: "baa" | "dpa"; state: "missing" | "in_force" | "expired"; expires_at?: string };
export type AmendAppointmentRequest = { note?: string; duration_minutes?: number; override_reason?: "urgent_need" | "walk_in" | "patient_agreed" | "practitioner_agreed" | "late_entry" | "data_correction" };
export type AppointmentView = { id: string; status: "proposed" | "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow" | "entered-in-error" | "checked-in" | "waitlist"; version: number; starts_at: string; ends_at: string; time_zone: string; service_id: string; location_id: string; practitioner_id?: string; resource_ids: Array<string>; patient_id: string; participant_status: string; cancel_reason?: "patient_request" | "clinic_request" | "practitioner_unavailable" | "room_unavailable" | "site_closed" | "booked_in_error" | "duplicate" | "no_longer_needed" | "rescheduled_elsewhere" | "deceased"; cancelled_by?: "patient" | "clinic"; flags: Array<string>; created_at: string; note?: string };
export type AssertionCredentialJson = { id: string; rawId: string; type: string; authenticatorAttachment?: string; clientExtensionResults?: ExtensionResultsJson; response: AssertionJson };
export type AssertionJson = { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string };
export type AssertionRequest = { credential: AssertionCredentialJson };
export type AttestationJson = { clientDataJSON: string; attestationObject: string; authenticatorData?: string; publicKey?: string; publicKeyAlgorithm?: number; transports?: Array<string> };
export type AuthenticatorSelectionJson = { residentKey: string; requireResidentKey: boolean; userVerification: string };
export type BookAppointmentRequest = { offer: string; patient_id: string; note?: string; hold_id?: string };
export type CancelRequest = { reason: "patient_request" | "clinic_request" | "practitioner_unavailable" | "room_unavailable" | "site_closed" | "booked_in_error" | "duplicate" | "no_longer_needed" | "rescheduled_elsewhere" | "deceased" };
export type ChangeEventRequest = { name?: string; description?: string; service_ids?: Array<string>; location_ids?: Array<string>; from?: string; until?: string; closes_at?: string; visits_per_person?: number; change_hours?: number; audience?: "participants" | "invited" };
export type ChangeLocationRequest = { name?: string; time_zone?: string; active?: boolean };
export type ChangeMessageSettingsRequest = { detail?: "neutral" | "time"; quiet_from?: string; quiet_until?: string; silent_until?: string; from_address?: string; reply_to?: string };
export type ChangePatientRequest = { name?: PatientName; birth_date?: string; contacts?: Array<ContactInput>; identifiers?: Array<PatientIdentifier>; language?: string; needs?: string; note?: string };
export type ChangePlacedResourceRequest = { name?: string; lanes?: number; active?: boolean };
export type ChangePractitionerRequest = { name?: string; lanes?: number; department_id?: string; active?: boolean };
export type ChangeRemindersRequest = { rules: Array<ReminderRuleView> };
export type ChangeScheduleRequest = { weekly?: Array<WeeklyHoursView>; valid_from?: string; valid_until?: string; active?: boolean };
export type ChangeServiceRemindersRequest = { rules: Array<ReminderRuleView> };
export type ChangeServiceRequest = { name?: string; description?: string; duration_minutes?: number; buffer_before_minutes?: number; buffer_after_minutes?: number; notice_minutes?: number; horizon_days?: number; grid_minutes?: number; audience?: "patients" | "staff" | "everyone"; needs?: Array<ServiceNeed>; location_ids?: Array<string>; active?: boolean };
export type ChangeTaskRequest = { due_at?: string; owner_id?: string; note?: string; tried?: boolean; outcome?: "none" | "reached" | "not_reached" | "corrected" | "not_needed" };
export type ChangeTemplateRequest = { subject?: string; body?: string; active?: boolean };
export type CheckTimeRequest = { service_id: string; resources: Array<string>; starts_at: string; override_reason?: "urgent_need" | "walk_in" | "patient_agreed" | "practitioner_agreed" | "late_entry" | "data_correction"; appointment_id?: string };
export type CheckedTime = { offer: string; starts_at: string; ends_at: string; time_zone: string; location_id: string; practitioner_id?: string; flags: Array<string> };
export type ChooseDetailRequest = { detail: "neutral" | "time" };
export type ChosenDetail = { detail: "neutral" | "time" };
export type ClosureView = { id: string; location_id?: string; resource_id?: string; starts_at: string; ends_at: string; reason?: string };
export type CodeAsked = Record<string, unknown>;
export type CodeRequest = { tenant: string; contact: string };
export type ContactInput = { kind: "email" | "phone" | "address"; value: string; whose?: string; label?: string; safe?: boolean; voicemail_allowed?: boolean };
export type ContactView = { kind: "email" | "phone" | "address"; value: string; whose?: string; label?: string; safe: boolean; voicemail_allowed: boolean; verified: boolean };
export type ControlEvidenceView = { kind: string; id: string; result: string; commit?: string; at?: string; detail?: string };
export type ControlView = { id: string; source: string; title: string; state: "enforced" | "partial" | "attested" | "absent"; evidence: Array<ControlEvidenceView>; family: string; priority: string; behaviour: string; verify: string; attestable?: string; missing: Array<string> };
export type CreateAccountRequest = { role: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient"; practitioner_id?: string; patient_id?: string; expires_at?: string };
export type CreateAccountResponse = { id: string; role: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient"; token: string };
export type CreateClosureRequest = { location_id?: string; resource_id?: string; starts_at: string; ends_at: string; reason?: string };
export type CreateDepartmentRequest = { name: string; location_id: string };
export type CreateEventRequest = { name: string; description?: string; service_ids: Array<string>; location_ids?: Array<string>; from: string; until: string; closes_at?: string; visits_per_person?: number; change_hours?: number; audience?: "participants" | "invited" };
export type CreateFeedRequest = { practitioner_id: string; device: string; wording?: "busy" | "neutral"; language?: "en" | "es" };
export type CreateInvitationRequest = { event_id: string; to: "all" | Array<string> };
export type CreateLocationRequest = { name: string; time_zone: string };
export type CreateMappingRequest = { name: string; columns?: Array<MappedColumn>; date_order?: "infer" | "day_first" | "month_first"; excel_1904?: boolean; calling_code?: string; source?: string; practitioners?: Array<MappedName>; services?: Array<MappedName>; locations?: Array<MappedName> };
export type CreatePatientRequest = { name: PatientName; birth_date: string; contacts?: Array<ContactInput>; identifiers?: Array<PatientIdentifier>; language?: string; needs?: string; note?: string };
export type CreatePlacedResourceRequest = { name: string; location_id: string; lanes?: number };
export type CreatePractitionerRequest = { name: string; lanes?: number; department_id?: string };
export type CreateScheduleRequest = { resource_id?: string; location_id: string; weekly: Array<WeeklyHoursView>; valid_from?: string; valid_until?: string };
export type CreateServiceRequest = { name: string; description?: string; duration_minutes: number; buffer_before_minutes?: number; buffer_after_minutes?: number; notice_minutes?: number; horizon_days?: number; grid_minutes?: number; audience?: "patients" | "staff" | "everyone"; needs: Array<ServiceNeed>; location_ids?: Array<string> };
export type CreateTemplateRequest = { channel: "email" | "sms" | "voice" | "letter" | "portal"; locale: "en" | "es"; purpose: "invitation" | "invitation_again" | "code" | "confirmation" | "change" | "cancellation" | "reminder"; subject?: string; body: string };
export type CreateTenantRequest = { slug: string; name: string; message_name: string; phone?: string; regime: Array<"baseline" | "healthcare" | "gdpr" | "education" | "research"> };
export type CreateTenantResponse = { id: string; version: number; slug: string; name: string; message_name: string; phone?: string; regime: Array<"baseline" | "healthcare" | "gdpr" | "education" | "research">; admin: FirstAdmin };
export type CreationOptionsJson = { rp: RelyingPartyJson; user: UserJson; challenge: string; pubKeyCredParams: Array<KeyParametersJson>; timeout: number; excludeCredentials: Array<CredentialDescriptorJson>; authenticatorSelection: AuthenticatorSelectionJson; attestation: string };
export type CredentialDescriptorJson = { id: string; type: string };
export type CredentialPropertiesJson = { rk?: boolean };
export type DepartmentView = { id: string; version: number; name: string; location_id: string };
export type EnrolmentRequest = { token: string };
export type EnrolmentResponse = { url: string; starts_at: string; expires_at: string };
export type EntryProofView = { entry_id: string; index: number; size: number; entry: string; hashes: Array<string>; checkpoint: string };
export type EventView = { id: string; version: number; state: "open" | "closed"; name: string; description?: string; service_ids: Array<string>; location_ids: Array<string>; from: string; until: string; closes_at: string; visits_per_person: number; change_hours: number; audience: "participants" | "invited"; people?: PeopleCounts };
export type ExplainAccessRequest = { account_id: string; permission: "openings.search" | "openings.check" | "appointment.view" | "appointment.create" | "appointment.reschedule" | "appointment.cancel" | "appointment.confirm" | "appointment.change" | "appointment.check_in" | "appointment.no_show" | "appointment.reinstate" | "appointment.override" | "patient.view" | "patient.search" | "patient.create" | "patient.change" | "directory.view" | "directory.manage" | "role.grant" | "audit.read" | "audit.verify" | "tenant.manage" | "posture.read" | "participant.import" | "event.manage" | "invitation.send" | "template.manage" | "vendor.manage" | "policy.change" | "message.view" | "task.manage" | "feed.manage"; appointment_id?: string };
export type ExplainAccessResponse = { allowed: boolean; role: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient"; grant: "no" | "yes" | "own" | "no_notes" | "with_case"; rules: Array<AccessRuleView> };
export type ExtensionResultsJson = { credProps?: CredentialPropertiesJson; appid?: boolean };
export type FeedView = { id: string; version: number; practitioner_id: string; device: string; wording: "busy" | "neutral"; language: "en" | "es"; created_at: string; rotated_at: string; revoked_at?: string; fetched_at?: string; fetches: number };
export type FirstAdmin = { account_id: string; token: string; enrol_url: string };
export type FoundPatientView = { id: string; name: PatientName; birth_date: string; phone_tail?: string };
export type GrowthProofView = { from: number; to: number; hashes: Array<string>; checkpoint?: string };
export type HoldView = { id: string; expires_at: string; starts_at: string; ends_at: string; location_id: string; practitioner_id?: string };
export type HoursView = { from: string; until: string };
export type ImportErrorView = { line: number; column: string; position: number; rule: string; detail: string };
export type ImportNoteView = { rule: string; column: string; detail: string; first_line: number; count: number };
export type ImportView = { id: string; kind: "people" | "appointments"; state: "running" | "done" | "failed"; dry_run: boolean; event_id?: string; created_at: string; ended_at?: string; rows: number; created: number; would_create: number; duplicates: number; skipped: number; flagged: number; error_count: number; progress: number; errors: Array<ImportErrorView>; proposed: Array<ProposedDuplicateView>; notes: Array<ImportNoteView> };
export type InvitationIdResponse = { id: string; total: number };
export type InvitationView = { id: string; event_id: string; again: boolean; created_at: string; total: number; queued: number; sent: number; opened: number; booked: number; declined: number; bounced: number; silent: number };
export type IssuedFeedView = { id: string; version: number; url: string };
export type JournalActorView = { kind: "system" | "anonymous" | "account" | "link"; account_id?: string };
export type JournalEntryView = { id: string; index: number; at: string; sequenced_at: string; actor: JournalActorView; role?: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient"; action: "none" | "appointment.booked" | "appointment.rescheduled" | "appointment.cancelled" | "appointment.confirmed" | "appointment.checked_in" | "appointment.noshow" | "appointment.reassigned" | "appointment.reinstated" | "appointment.noted" | "appointment.changed" | "appointment.viewed" | "appointment.listed" | "hold.placed" | "hold.released" | "patient.created" | "patient.changed" | "patient.viewed" | "patient.searched" | "openings.checked" | "location.created" | "location.changed" | "location.closed" | "department.created" | "department.changed" | "department.closed" | "practitioner.created" | "practitioner.changed" | "practitioner.closed" | "room.created" | "room.changed" | "room.closed" | "service.created" | "service.changed" | "service.closed" | "schedule.created" | "schedule.changed" | "schedule.closed" | "override.created" | "override.changed" | "override.removed" | "closure.created" | "closure.changed" | "closure.removed" | "tenant.created" | "tenant.changed" | "account.created" | "account.changed" | "account.closed" | "access.refused" | "access.refused_anonymous" | "audit.read" | "audit.verified" | "instance.started" | "instance.stopped" | "migration.applied" | "key.created" | "key.rotated" | "key.destroyed" | "posture.read" | "device.created" | "device.changed" | "device.closed" | "event.created" | "event.changed" | "event.closed" | "event.viewed" | "event.joined" | "invitation.sent" | "invitation.viewed" | "link.created" | "link.revoked" | "link.opened" | "link.proven" | "link.refused" | "code.sent" | "device.remembered" | "device.forgotten" | "participation.declined" | "public.booked" | "template.created" | "template.changed" | "template.closed" | "agreement.recorded" | "agreement.ended" | "settings.changed" | "reminders.changed" | "contact.opted_out" | "contact.opted_in" | "contact.suspended" | "contact.verified" | "message.claimed" | "message.sent" | "message.refused" | "message.withdrawn" | "message.bounced" | "message.viewed" | "task.opened" | "task.changed" | "task.viewed" | "import.started" | "import.ended" | "import.viewed" | "mapping.saved" | "appointment.imported" | "feed.created" | "feed.rotated" | "feed.revoked" | "feed.fetched" | "calendar.reply" | "import.received" | "session.started" | "session.ended" | "session.refused" | "session.stepped_up" | "passkey.added" | "passkey.removed" | "passkey.blocked" | "passkey.viewed" | "enrolment.created" | "enrolment.used" | "sign_in.code_sent" | "access.explained" | "appointment.overridden" | "patient.forgotten"; sentence: string; outcome: "allowed" | "refused" | "failed"; permission?: string; resource?: JournalResourceView; second?: JournalResourceView; subject_count: number; subject_ids: Array<string>; reason?: "none" | "patient_request" | "clinic_request" | "practitioner_absent" | "room_unavailable" | "entered_in_error" | "emergency" | "walk_in" | "retrospective" | "clinical_need" | "other" | "practitioner_unavailable" | "site_closed" | "booked_in_error" | "duplicate" | "no_longer_needed" | "rescheduled_elsewhere" | "deceased" | "urgent_need" | "patient_agreed" | "practitioner_agreed" | "late_entry" | "data_correction" | "workload" | "cancelled_in_error" | "patient_came_after_all" | "marked_in_error"; error?: string; version_before?: number; version_after?: number; rows: number; count: number; request_id?: string };
export type JournalResourceView = { kind: "none" | "appointment" | "hold" | "patient" | "location" | "department" | "practitioner" | "room" | "service" | "schedule" | "schedule_override" | "closure" | "tenant" | "account" | "key" | "log" | "migration" | "device" | "event" | "invitation" | "link" | "template" | "message" | "task" | "import" | "mapping" | "feed" | "agreement" | "session" | "passkey"; id?: string };
export type KeyParametersJson = { type: string; alg: number };
export type ListAccountsResponse = { accounts: Array<AccountView> };
export type ListAppointmentsResponse = { appointments: Array<AppointmentView>; next?: string };
export type ListClosuresResponse = { closures: Array<ClosureView> };
export type ListControlsResponse = { controls: Array<ControlView> };
export type ListDepartmentsResponse = { departments: Array<DepartmentView> };
export type ListDevicesResponse = { devices: Array<PlacedResourceView> };
export type ListEventsResponse = { events: Array<EventView>; next?: string };
export type ListFeedsResponse = { feeds: Array<FeedView> };
export type ListImportsResponse = { imports: Array<ImportView> };
export type ListJournalResponse = { entries: Array<JournalEntryView>; next?: string };
export type ListLocationsResponse = { locations: Array<LocationView> };
export type ListMappingsResponse = { mappings: Array<MappingView> };
export type ListMessagesResponse = { messages: Array<MessageView> };
export type ListParticipantsResponse = { participants: Array<ParticipantView>; next?: string };
export type ListPasskeysResponse = { passkeys: Array<PasskeyItem> };
export type ListPractitionersResponse = { practitioners: Array<PractitionerView> };
export type ListRoomsResponse = { rooms: Array<PlacedResourceView> };
export type ListSchedulesResponse = { schedules: Array<ScheduleView> };
export type ListServicesResponse = { services: Array<ServiceView> };
export type ListSessionsResponse = { sessions: Array<SessionView> };
export type ListTasksResponse = { tasks: Array<TaskView>; next?: string };
export type ListTemplatesResponse = { templates: Array<TemplateView> };
export type ListTenantsResponse = { tenants: Array<TenantResponse> };
export type ListVendorsResponse = { vendors: Array<VendorView> };
export type LocationView = { id: string; version: number; name: string; time_zone: string; active: boolean };
export type MappedColumn = { column: string; field: "ignore" | "given" | "family" | "second_family" | "preferred" | "birth_date" | "email" | "phone" | "address" | "city" | "region" | "postal_code" | "country" | "language" | "identifier" | "issuer" | "external_id" | "needs" | "note" | "old_id" | "starts" | "starts_time" | "ends" | "ends_time" | "duration" | "practitioner" | "service" | "location" | "status" };
export type MappedName = { from: string; to: string };
export type MappingView = { id: string; version: number; name: string; columns: Array<MappedColumn>; date_order: "infer" | "day_first" | "month_first"; excel_1904: boolean; calling_code: string; source: string; practitioners: Array<MappedName>; services: Array<MappedName>; locations: Array<MappedName> };
export type MeResponse = { account_id: string; role: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient"; tenant_id?: string; practitioner_id?: string; patient_id?: string; now: string; permissions: Array<string> };
export type MessageSettingsView = { version: number; detail: "neutral" | "time"; quiet_from: string; quiet_until: string; silent_until?: string; from_address: string; reply_to: string; undo_seconds: number };
export type MessageView = { id: string; purpose: "invitation" | "invitation_again" | "code" | "confirmation" | "change" | "cancellation" | "reminder"; channel: "email" | "sms" | "voice" | "letter" | "portal"; state: "sending" | "handed_over" | "withdrawn" | "refused" | "bounced" | "failed"; reason?: "none" | "superseded" | "undone" | "nothing_new" | "silent" | "no_agreement" | "no_transfer_basis" | "no_address" | "opted_out" | "suspended" | "no_mailer" | "not_renderable" | "link_gone" | "address_refused" | "carrier_refused" | "unsafe_carrier" | "too_late" | "erased" | "environment"; patient_id: string; appointment_id?: string; detail?: "neutral" | "time"; locale?: "en" | "es"; due_at: string; changed_at: string; handed_over_at?: string; attempts: number };
export type OpeningView = { offer: string; starts_at: string; ends_at: string; time_zone: string; location_id: string; practitioner_id?: string };
export type OptOutRequest = { contact: string; reason?: "opted_out" | "bounced" | "wrong_number" | "staff" };
export type OptOutView = { patient_id: string; reason: "opted_out" | "bounced" | "wrong_number" | "staff"; blocked: boolean; at: string };
export type OverrideView = { date: string; hours: Array<HoursView> };
export type ParticipantView = { patient_id: string; state: "listed" | "invited" | "opened" | "booked" | "declined"; silent: boolean; initials: string; name?: string; service_ids: Array<string>; visits: number; invited_at?: string; opened_at?: string; declined_at?: string };
export type PasskeyCreationResponse = { publicKey: CreationOptionsJson };
export type PasskeyItem = { id: string; label: string; created_at: string; last_used_at?: string; backed_up: boolean; blocked: boolean };
export type PasskeyRequestResponse = { publicKey: RequestOptionsJson };
export type PatientIdentifier = { issuer: string; value: string };
export type PatientName = { given: Array<string>; family: string; second_family?: string; preferred?: string };
export type PatientView = { id: string; version: number; name: PatientName; birth_date: string; contacts: Array<ContactView>; identifiers: Array<PatientIdentifier>; language?: string; needs?: string; note?: string };
export type PeopleCounts = { total: number; invited: number; opened: number; booked: number; declined: number; silent: number };
export type PlaceHoldRequest = { offer: string; minutes?: number };
export type PlacedResourceView = { id: string; version: number; name: string; location_id: string; lanes: number; active: boolean };
export type PractitionerView = { id: string; version: number; name: string; lanes: number; department_id?: string; active: boolean };
export type PreviewTemplateRequest = { channel: "email" | "sms" | "voice" | "letter" | "portal"; locale: "en" | "es"; purpose: "invitation" | "invitation_again" | "code" | "confirmation" | "change" | "cancellation" | "reminder"; subject?: string; body?: string };
export type PreviewTemplateResponse = { subject?: string; body: string; renderings: Array<RenderingView> };
export type Problem = { type: string; title: string; status: number; detail?: string; instance: string; errors?: Array<{ pointer: string; rule: string; detail: string }>; version?: number; alternatives?: Array<OpeningView> };
export type ProposedDuplicateView = { line: number; same: "name" | "contact" | "identifier" | "external_id"; other_line?: number; patient_id?: string; appointment_id?: string };
export type ReassignRequest = { practitioner_id: string; reason: "practitioner_unavailable" | "patient_request" | "workload" | "booked_in_error"; override_reason?: "urgent_need" | "walk_in" | "patient_agreed" | "practitioner_agreed" | "late_entry" | "data_correction" };
export type RecordAgreementRequest = { kind: "baa" | "dpa"; region: string; transfer_basis?: "none" | "adequacy" | "standard_clauses" | "corporate_rules" | "consent"; starts_at?: string; expires_at?: string; document_sha256?: string };
export type RecordedAgreementView = { id: string; vendor: string; kind: "baa" | "dpa"; starts_at: string; expires_at?: string };
export type RegistrationCredentialJson = { id: string; rawId: string; type: string; authenticatorAttachment?: string; clientExtensionResults?: ExtensionResultsJson; response: AttestationJson };
export type ReinstateRequest = { reason: "cancelled_in_error" | "patient_came_after_all" | "marked_in_error"; override_reason?: "urgent_need" | "walk_in" | "patient_agreed" | "practitioner_agreed" | "late_entry" | "data_correction" };
export type RelyingPartyJson = { id: string; name: string };
export type ReminderPlanView = { version: number; rules: Array<ReminderRuleView> };
export type ReminderRuleView = { days?: number; minutes?: number };
export type RenderingView = { level: "neutral" | "time"; subject: string; text: string };
export type RequestOptionsJson = { challenge: string; rpId: string; allowCredentials: Array<CredentialDescriptorJson>; userVerification: string; timeout: number };
export type RescheduleRequest = { offer: string };
export type RevisionView = { revision: string };
export type RevokeLinksRequest = { patient_id?: string; event_id?: string; issued_before?: string };
export type RevokeLinksResponse = { revoked: number };
export type ScheduleView = { id: string; version: number; resource_id?: string; location_id: string; weekly: Array<WeeklyHoursView>; overrides: Array<OverrideView>; valid_from?: string; valid_until?: string; active: boolean };
export type SearchOpeningsRequest = { service_id: string; from: string; to: string; location_id?: string; practitioner_ids?: Array<string>; limit?: number; cursor?: string };
export type SearchOpeningsResponse = { openings: Array<OpeningView>; next?: string; as_of: string };
export type SearchPatientsRequest = { text?: string; contact?: string; identifier?: PatientIdentifier; ids?: Array<string> };
export type SearchPatientsResponse = { patients: Array<FoundPatientView> };
export type ServiceNeed = { kind: "practitioner" | "room" | "device"; pool?: Array<string>; buffers?: boolean; listing?: "named" | "pooled" };
export type ServiceView = { id: string; version: number; name: string; description?: string; duration_minutes: number; buffer_before_minutes: number; buffer_after_minutes: number; notice_minutes: number; horizon_days: number; grid_minutes: number; audience: "patients" | "staff" | "everyone"; needs: Array<ServiceNeed>; location_ids: Array<string>; active: boolean };
export type SessionAccount = { id: string; role: "super_admin" | "admin" | "scheduler" | "front_desk" | "provider" | "billing" | "auditor" | "patient" };
export type SessionResponse = { id: string; account: SessionAccount; tenant?: SessionTenant; method: "passkey" | "code" | "enrolment" | "recovery" | "shift_pass" | "demo"; csrf: string; permissions: Array<string>; practitioner_id?: string; patient_id?: string; signed_in_at: string; stepped_up_at?: string; idle_expires_at?: string; expires_at: string; now: string; passkeys: number };
export type SessionTenant = { id: string; slug: string; name: string; regime: Array<"baseline" | "healthcare" | "gdpr" | "education" | "research">; time_zone?: string };
export type SessionView = { id: string; current: boolean; method: "passkey" | "code" | "enrolment" | "recovery" | "shift_pass" | "demo"; device: string; created_at: string; last_seen_at: string; expires_at: string };
export type SetOverrideRequest = { hours: Array<HoursView> };
export type SignInOptionsRequest = { tenant?: string };
export type StartedImportView = { id: string; rows: number; error_count: number };
export type TaskView = { id: string; version: number; kind: "bounced" | "refused_send" | "unanswered" | "wrong_number" | "unconfirmed_tomorrow" | "displaced_visit"; state: "open" | "done"; patient_id: string; appointment_id?: string; message_id?: string; reason?: "none" | "superseded" | "undone" | "nothing_new" | "silent" | "no_agreement" | "no_transfer_basis" | "no_address" | "opted_out" | "suspended" | "no_mailer" | "not_renderable" | "link_gone" | "address_refused" | "carrier_refused" | "unsafe_carrier" | "too_late" | "erased" | "environment"; due_at: string; opened_at: string; changed_at: string; attempts: number; outcome?: "none" | "reached" | "not_reached" | "corrected" | "not_needed"; owner_id?: string; note?: string };
export type TemplateFieldView = { name: string; data_class: string; level: "neutral" | "time"; in_subject: boolean; channels: Array<"email" | "sms" | "voice" | "letter" | "portal">; sentence: string };
export type TemplateFieldsResponse = { fields: Array<TemplateFieldView> };
export type TemplateView = { id: string; version: number; channel: "email" | "sms" | "voice" | "letter" | "portal"; locale: "en" | "es"; purpose: "invitation" | "invitation_again" | "code" | "confirmation" | "change" | "cancellation" | "reminder"; subject?: string; body: string; active: boolean; in_use?: boolean; created_at: string };
export type TenantResponse = { id: string; version: number; slug: string; name: string; message_name: string; phone?: string; regime: Array<"baseline" | "healthcare" | "gdpr" | "education" | "research"> };
export type UserJson = { id: string; name: string; displayName: string };
export type VendorView = { id: string; name: string; services: Array<string>; agreement: AgreementView; may_be_used: boolean; paused: boolean };
export type VerifyCodeRequest = { tenant: string; contact: string; code: string };
export type WeeklyHoursView = { weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"; from: string; until: string };

export interface Operations {
  addParticipants: { path: { id: string }; query: undefined; body: AddParticipantsRequest; answer: AddParticipantsResponse };
  addPasskey: { path: undefined; query: undefined; body: AddPasskeyRequest; answer: PasskeyItem };
  amendAppointment: { path: { id: string }; query: undefined; body: AmendAppointmentRequest; answer: AppointmentView };
  bookAppointment: { path: undefined; query: undefined; body: BookAppointmentRequest; answer: AppointmentView };
  cancelAppointment: { path: { id: string }; query: undefined; body: CancelRequest; answer: AppointmentView };
  changeDevice: { path: { id: string }; query: undefined; body: ChangePlacedResourceRequest; answer: PlacedResourceView };
  changeEvent: { path: { id: string }; query: undefined; body: ChangeEventRequest; answer: EventView };
  changeLocation: { path: { id: string }; query: undefined; body: ChangeLocationRequest; answer: LocationView };
  changeMessageSettings: { path: undefined; query: undefined; body: ChangeMessageSettingsRequest; answer: MessageSettingsView };
  changePatient: { path: { id: string }; query: undefined; body: ChangePatientRequest; answer: PatientView };
  changePractitioner: { path: { id: string }; query: undefined; body: ChangePractitionerRequest; answer: PractitionerView };
  changeReminders: { path: undefined; query: undefined; body: ChangeRemindersRequest; answer: ReminderPlanView };
  changeRoom: { path: { id: string }; query: undefined; body: ChangePlacedResourceRequest; answer: PlacedResourceView };
  changeSchedule: { path: { id: string }; query: undefined; body: ChangeScheduleRequest; answer: ScheduleView };
  changeService: { path: { id: string }; query: undefined; body: ChangeServiceRequest; answer: ServiceView };
  changeServiceReminders: { path: { id: string }; query: undefined; body: ChangeServiceRemindersRequest; answer: ReminderPlanView };
  changeTask: { path: { id: string }; query: undefined; body: ChangeTaskRequest; answer: TaskView };
  changeTemplate: { path: { id: string }; query: undefined; body: ChangeTemplateRequest; answer: TemplateView };
  checkInAppointment: { path: { id: string }; query: undefined; body: undefined; answer: AppointmentView };
  checkOpening: { path: undefined; query: undefined; body: CheckTimeRequest; answer: CheckedTime };
  chooseMessageDetail: { path: { id: string }; query: undefined; body: ChooseDetailRequest; answer: ChosenDetail };
  closeEvent: { path: { id: string }; query: undefined; body: undefined; answer: EventView };
  closeImportMapping: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  closeTemplate: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  confirmAppointment: { path: { id: string }; query: undefined; body: undefined; answer: AppointmentView };
  createAccount: { path: undefined; query: undefined; body: CreateAccountRequest; answer: CreateAccountResponse };
  createClosure: { path: undefined; query: undefined; body: CreateClosureRequest; answer: ClosureView };
  createDepartment: { path: undefined; query: undefined; body: CreateDepartmentRequest; answer: DepartmentView };
  createDevice: { path: undefined; query: undefined; body: CreatePlacedResourceRequest; answer: PlacedResourceView };
  createEnrolment: { path: { id: string }; query: undefined; body: undefined; answer: EnrolmentResponse };
  createEvent: { path: undefined; query: undefined; body: CreateEventRequest; answer: EventView };
  createFeed: { path: undefined; query: undefined; body: CreateFeedRequest; answer: IssuedFeedView };
  createImportMapping: { path: undefined; query: undefined; body: CreateMappingRequest; answer: MappingView };
  createInvitation: { path: undefined; query: undefined; body: CreateInvitationRequest; answer: InvitationIdResponse };
  createLocation: { path: undefined; query: undefined; body: CreateLocationRequest; answer: LocationView };
  createPatient: { path: undefined; query: undefined; body: CreatePatientRequest; answer: PatientView };
  createPractitioner: { path: undefined; query: undefined; body: CreatePractitionerRequest; answer: PractitionerView };
  createRoom: { path: undefined; query: undefined; body: CreatePlacedResourceRequest; answer: PlacedResourceView };
  createSchedule: { path: undefined; query: undefined; body: CreateScheduleRequest; answer: ScheduleView };
  createService: { path: undefined; query: undefined; body: CreateServiceRequest; answer: ServiceView };
  createTemplate: { path: undefined; query: undefined; body: CreateTemplateRequest; answer: TemplateView };
  createTenant: { path: undefined; query: undefined; body: CreateTenantRequest; answer: CreateTenantResponse };
  endAgreement: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  endOneSession: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  endSession: { path: undefined; query: undefined; body: undefined; answer: undefined };
  endSessionsOfAccount: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  explainAccess: { path: undefined; query: undefined; body: ExplainAccessRequest; answer: ExplainAccessResponse };
  fetchFeed: { path: { address: string }; query: undefined; body: undefined; answer: string };
  getAppointment: { path: { id: string }; query: undefined; body: undefined; answer: AppointmentView };
  getAppointmentsRevision: { path: undefined; query: { from: string; to: string }; body: undefined; answer: RevisionView };
  getCheckpoint: { path: undefined; query: undefined; body: undefined; answer: string };
  getDevice: { path: { id: string }; query: undefined; body: undefined; answer: PlacedResourceView };
  getEvent: { path: { id: string }; query: undefined; body: undefined; answer: EventView };
  getImport: { path: { id: string }; query: undefined; body: undefined; answer: ImportView };
  getImportComparison: { path: { id: string }; query: undefined; body: undefined; answer: string };
  getImportMapping: { path: { id: string }; query: undefined; body: undefined; answer: MappingView };
  getInvitation: { path: { id: string }; query: undefined; body: undefined; answer: InvitationView };
  getLocation: { path: { id: string }; query: undefined; body: undefined; answer: LocationView };
  getMe: { path: undefined; query: undefined; body: undefined; answer: MeResponse };
  getMessageSettings: { path: undefined; query: undefined; body: undefined; answer: MessageSettingsView };
  getPasskeyOptions: { path: undefined; query: undefined; body: undefined; answer: PasskeyCreationResponse };
  getPatient: { path: { id: string }; query: undefined; body: undefined; answer: PatientView };
  getPractitioner: { path: { id: string }; query: undefined; body: undefined; answer: PractitionerView };
  getReminders: { path: undefined; query: undefined; body: undefined; answer: ReminderPlanView };
  getRoom: { path: { id: string }; query: undefined; body: undefined; answer: PlacedResourceView };
  getSchedule: { path: { id: string }; query: undefined; body: undefined; answer: ScheduleView };
  getService: { path: { id: string }; query: undefined; body: undefined; answer: ServiceView };
  getServiceReminders: { path: { id: string }; query: undefined; body: undefined; answer: ReminderPlanView };
  getSession: { path: undefined; query: undefined; body: undefined; answer: SessionResponse };
  getSignInOptions: { path: undefined; query: undefined; body: SignInOptionsRequest; answer: PasskeyRequestResponse };
  getStepUpOptions: { path: undefined; query: undefined; body: undefined; answer: PasskeyRequestResponse };
  getTask: { path: { id: string }; query: undefined; body: undefined; answer: TaskView };
  getTemplate: { path: { id: string }; query: undefined; body: undefined; answer: TemplateView };
  getTemplateFields: { path: undefined; query: undefined; body: undefined; answer: TemplateFieldsResponse };
  getTenant: { path: undefined; query: undefined; body: undefined; answer: TenantResponse };
  getTile: { path: { path: string }; query: undefined; body: undefined; answer: string };
  getVendor: { path: { id: string }; query: undefined; body: undefined; answer: VendorView };
  listAccounts: { path: undefined; query: undefined; body: undefined; answer: ListAccountsResponse };
  listAppointments: { path: undefined; query: { from: string; to: string; practitioner_id?: string; location_id?: string; cursor?: string; limit?: number }; body: undefined; answer: ListAppointmentsResponse };
  listClosures: { path: undefined; query: { from?: string; to?: string }; body: undefined; answer: ListClosuresResponse };
  listControls: { path: undefined; query: undefined; body: undefined; answer: ListControlsResponse };
  listDepartments: { path: undefined; query: undefined; body: undefined; answer: ListDepartmentsResponse };
  listDevices: { path: undefined; query: undefined; body: undefined; answer: ListDevicesResponse };
  listEvents: { path: undefined; query: { cursor?: string; limit?: number }; body: undefined; answer: ListEventsResponse };
  listFeeds: { path: undefined; query: undefined; body: undefined; answer: ListFeedsResponse };
  listImportMappings: { path: undefined; query: undefined; body: undefined; answer: ListMappingsResponse };
  listImports: { path: undefined; query: undefined; body: undefined; answer: ListImportsResponse };
  listJournalEntries: { path: undefined; query: { from?: string; to?: string; actor?: string; action?: "none" | "appointment.booked" | "appointment.rescheduled" | "appointment.cancelled" | "appointment.confirmed" | "appointment.checked_in" | "appointment.noshow" | "appointment.reassigned" | "appointment.reinstated" | "appointment.noted" | "appointment.changed" | "appointment.viewed" | "appointment.listed" | "hold.placed" | "hold.released" | "patient.created" | "patient.changed" | "patient.viewed" | "patient.searched" | "openings.checked" | "location.created" | "location.changed" | "location.closed" | "department.created" | "department.changed" | "department.closed" | "practitioner.created" | "practitioner.changed" | "practitioner.closed" | "room.created" | "room.changed" | "room.closed" | "service.created" | "service.changed" | "service.closed" | "schedule.created" | "schedule.changed" | "schedule.closed" | "override.created" | "override.changed" | "override.removed" | "closure.created" | "closure.changed" | "closure.removed" | "tenant.created" | "tenant.changed" | "account.created" | "account.changed" | "account.closed" | "access.refused" | "access.refused_anonymous" | "audit.read" | "audit.verified" | "instance.started" | "instance.stopped" | "migration.applied" | "key.created" | "key.rotated" | "key.destroyed" | "posture.read" | "device.created" | "device.changed" | "device.closed" | "event.created" | "event.changed" | "event.closed" | "event.viewed" | "event.joined" | "invitation.sent" | "invitation.viewed" | "link.created" | "link.revoked" | "link.opened" | "link.proven" | "link.refused" | "code.sent" | "device.remembered" | "device.forgotten" | "participation.declined" | "public.booked" | "template.created" | "template.changed" | "template.closed" | "agreement.recorded" | "agreement.ended" | "settings.changed" | "reminders.changed" | "contact.opted_out" | "contact.opted_in" | "contact.suspended" | "contact.verified" | "message.claimed" | "message.sent" | "message.refused" | "message.withdrawn" | "message.bounced" | "message.viewed" | "task.opened" | "task.changed" | "task.viewed" | "import.started" | "import.ended" | "import.viewed" | "mapping.saved" | "appointment.imported" | "feed.created" | "feed.rotated" | "feed.revoked" | "feed.fetched" | "calendar.reply" | "import.received" | "session.started" | "session.ended" | "session.refused" | "session.stepped_up" | "passkey.added" | "passkey.removed" | "passkey.blocked" | "passkey.viewed" | "enrolment.created" | "enrolment.used" | "sign_in.code_sent" | "access.explained" | "appointment.overridden" | "patient.forgotten"; resource?: string; subject?: string; cursor?: string; limit?: number }; body: undefined; answer: ListJournalResponse };
  listLocations: { path: undefined; query: undefined; body: undefined; answer: ListLocationsResponse };
  listMessages: { path: undefined; query: { patient_id?: string; appointment_id?: string; limit?: number }; body: undefined; answer: ListMessagesResponse };
  listParticipants: { path: { id: string }; query: { state?: "listed" | "invited" | "opened" | "booked" | "declined"; names?: boolean; cursor?: string; limit?: number }; body: undefined; answer: ListParticipantsResponse };
  listPasskeys: { path: undefined; query: undefined; body: undefined; answer: ListPasskeysResponse };
  listPractitioners: { path: undefined; query: undefined; body: undefined; answer: ListPractitionersResponse };
  listRooms: { path: undefined; query: undefined; body: undefined; answer: ListRoomsResponse };
  listSchedules: { path: undefined; query: { resource_id?: string; location_id?: string }; body: undefined; answer: ListSchedulesResponse };
  listServices: { path: undefined; query: undefined; body: undefined; answer: ListServicesResponse };
  listSessions: { path: undefined; query: undefined; body: undefined; answer: ListSessionsResponse };
  listTasks: { path: undefined; query: { state?: "open" | "done"; kind?: "bounced" | "refused_send" | "unanswered" | "wrong_number" | "unconfirmed_tomorrow" | "displaced_visit"; patient_id?: string; owner_id?: string; cursor?: string; limit?: number }; body: undefined; answer: ListTasksResponse };
  listTemplates: { path: undefined; query: undefined; body: undefined; answer: ListTemplatesResponse };
  listTenants: { path: undefined; query: undefined; body: undefined; answer: ListTenantsResponse };
  listVendors: { path: undefined; query: undefined; body: undefined; answer: ListVendorsResponse };
  noShowAppointment: { path: { id: string }; query: undefined; body: undefined; answer: AppointmentView };
  openEnrolment: { path: undefined; query: undefined; body: EnrolmentRequest; answer: SessionResponse };
  optIn: { path: { id: string }; query: undefined; body: OptOutRequest; answer: OptOutView };
  optOut: { path: { id: string }; query: undefined; body: OptOutRequest; answer: OptOutView };
  placeHold: { path: undefined; query: undefined; body: PlaceHoldRequest; answer: HoldView };
  previewTemplate: { path: undefined; query: undefined; body: PreviewTemplateRequest; answer: PreviewTemplateResponse };
  proveJournalEntry: { path: undefined; query: { entry: string; index?: number }; body: undefined; answer: EntryProofView };
  proveJournalGrowth: { path: undefined; query: { from: number; to?: number }; body: undefined; answer: GrowthProofView };
  reassignAppointment: { path: { id: string }; query: undefined; body: ReassignRequest; answer: AppointmentView };
  recordAgreement: { path: { id: string }; query: undefined; body: RecordAgreementRequest; answer: RecordedAgreementView };
  reinstateAppointment: { path: { id: string }; query: undefined; body: ReinstateRequest; answer: AppointmentView };
  releaseHold: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  remindInvitation: { path: { id: string }; query: undefined; body: undefined; answer: InvitationIdResponse };
  removeClosure: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  removePasskey: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  removeScheduleOverride: { path: { id: string; date: string }; query: undefined; body: undefined; answer: undefined };
  requestCode: { path: undefined; query: undefined; body: CodeRequest; answer: CodeAsked };
  rescheduleAppointment: { path: { id: string }; query: undefined; body: RescheduleRequest; answer: AppointmentView };
  revokeFeed: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  revokeLinks: { path: undefined; query: undefined; body: RevokeLinksRequest; answer: RevokeLinksResponse };
  rotateFeed: { path: { id: string }; query: undefined; body: undefined; answer: IssuedFeedView };
  searchOpenings: { path: undefined; query: undefined; body: SearchOpeningsRequest; answer: SearchOpeningsResponse };
  searchPatients: { path: undefined; query: undefined; body: SearchPatientsRequest; answer: SearchPatientsResponse };
  setScheduleOverride: { path: { id: string; date: string }; query: undefined; body: SetOverrideRequest; answer: ScheduleView };
  signInWithPasskey: { path: undefined; query: undefined; body: AssertionRequest; answer: SessionResponse };
  startImport: { path: undefined; query: { event_id?: string; dry_run?: boolean; mapping_id?: string; kind?: "people" | "appointments"; date_order?: "infer" | "day_first" | "month_first"; excel_1904?: boolean; calling_code?: string; source?: string }; body: string; answer: StartedImportView };
  stepUpSession: { path: undefined; query: undefined; body: AssertionRequest; answer: SessionResponse };
  verifyCode: { path: undefined; query: undefined; body: VerifyCodeRequest; answer: SessionResponse };
}

export const operations: { [Name in keyof Operations]: readonly [method: string, path: string] } = {
  addParticipants: ["POST", "/v1/events/{id}/participants"],
  addPasskey: ["POST", "/v1/passkeys"],
  amendAppointment: ["PATCH", "/v1/appointments/{id}"],
  bookAppointment: ["POST", "/v1/appointments"],
  cancelAppointment: ["POST", "/v1/appointments/{id}/cancel"],
  changeDevice: ["PATCH", "/v1/devices/{id}"],
  changeEvent: ["PATCH", "/v1/events/{id}"],
  changeLocation: ["PATCH", "/v1/locations/{id}"],
  changeMessageSettings: ["PATCH", "/v1/settings/messages"],
  changePatient: ["PATCH", "/v1/patients/{id}"],
  changePractitioner: ["PATCH", "/v1/practitioners/{id}"],
  changeReminders: ["PUT", "/v1/settings/reminders"],
  changeRoom: ["PATCH", "/v1/rooms/{id}"],
  changeSchedule: ["PATCH", "/v1/schedules/{id}"],
  changeService: ["PATCH", "/v1/services/{id}"],
  changeServiceReminders: ["PUT", "/v1/services/{id}/reminders"],
  changeTask: ["PATCH", "/v1/tasks/{id}"],
  changeTemplate: ["PATCH", "/v1/templates/{id}"],
  checkInAppointment: ["POST", "/v1/appointments/{id}/check-in"],
  checkOpening: ["POST", "/v1/openings/check"],
  chooseMessageDetail: ["PUT", "/v1/patients/{id}/message-detail"],
  closeEvent: ["POST", "/v1/events/{id}/close"],
  closeImportMapping: ["DELETE", "/v1/import-mappings/{id}"],
  closeTemplate: ["DELETE", "/v1/templates/{id}"],
  confirmAppointment: ["POST", "/v1/appointments/{id}/confirm"],
  createAccount: ["POST", "/v1/accounts"],
  createClosure: ["POST", "/v1/closures"],
  createDepartment: ["POST", "/v1/departments"],
  createDevice: ["POST", "/v1/devices"],
  createEnrolment: ["POST", "/v1/accounts/{id}/enrolments"],
  createEvent: ["POST", "/v1/events"],
  createFeed: ["POST", "/v1/feeds"],
  createImportMapping: ["POST", "/v1/import-mappings"],
  createInvitation: ["POST", "/v1/invitations"],
  createLocation: ["POST", "/v1/locations"],
  createPatient: ["POST", "/v1/patients"],
  createPractitioner: ["POST", "/v1/practitioners"],
  createRoom: ["POST", "/v1/rooms"],
  createSchedule: ["POST", "/v1/schedules"],
  createService: ["POST", "/v1/services"],
  createTemplate: ["POST", "/v1/templates"],
  createTenant: ["POST", "/v1/tenants"],
  endAgreement: ["DELETE", "/v1/vendors/{id}/agreement"],
  endOneSession: ["DELETE", "/v1/sessions/{id}"],
  endSession: ["DELETE", "/v1/session"],
  endSessionsOfAccount: ["DELETE", "/v1/accounts/{id}/sessions"],
  explainAccess: ["POST", "/v1/authz/explain"],
  fetchFeed: ["GET", "/v1/calendar/{address}/appointment.ics"],
  getAppointment: ["GET", "/v1/appointments/{id}"],
  getAppointmentsRevision: ["GET", "/v1/appointments/revision"],
  getCheckpoint: ["GET", "/v1/audit/checkpoint"],
  getDevice: ["GET", "/v1/devices/{id}"],
  getEvent: ["GET", "/v1/events/{id}"],
  getImport: ["GET", "/v1/imports/{id}"],
  getImportComparison: ["GET", "/v1/imports/{id}/comparison"],
  getImportMapping: ["GET", "/v1/import-mappings/{id}"],
  getInvitation: ["GET", "/v1/invitations/{id}"],
  getLocation: ["GET", "/v1/locations/{id}"],
  getMe: ["GET", "/v1/me"],
  getMessageSettings: ["GET", "/v1/settings/messages"],
  getPasskeyOptions: ["POST", "/v1/passkeys/options"],
  getPatient: ["GET", "/v1/patients/{id}"],
  getPractitioner: ["GET", "/v1/practitioners/{id}"],
  getReminders: ["GET", "/v1/settings/reminders"],
  getRoom: ["GET", "/v1/rooms/{id}"],
  getSchedule: ["GET", "/v1/schedules/{id}"],
  getService: ["GET", "/v1/services/{id}"],
  getServiceReminders: ["GET", "/v1/services/{id}/reminders"],
  getSession: ["GET", "/v1/session"],
  getSignInOptions: ["POST", "/v1/session/passkey/options"],
  getStepUpOptions: ["POST", "/v1/session/step-up/options"],
  getTask: ["GET", "/v1/tasks/{id}"],
  getTemplate: ["GET", "/v1/templates/{id}"],
  getTemplateFields: ["GET", "/v1/templates/fields"],
  getTenant: ["GET", "/v1/tenant"],
  getTile: ["GET", "/v1/audit/tile/{path}"],
  getVendor: ["GET", "/v1/vendors/{id}"],
  listAccounts: ["GET", "/v1/accounts"],
  listAppointments: ["GET", "/v1/appointments"],
  listClosures: ["GET", "/v1/closures"],
  listControls: ["GET", "/v1/controls"],
  listDepartments: ["GET", "/v1/departments"],
  listDevices: ["GET", "/v1/devices"],
  listEvents: ["GET", "/v1/events"],
  listFeeds: ["GET", "/v1/feeds"],
  listImportMappings: ["GET", "/v1/import-mappings"],
  listImports: ["GET", "/v1/imports"],
  listJournalEntries: ["GET", "/v1/audit/entries"],
  listLocations: ["GET", "/v1/locations"],
  listMessages: ["GET", "/v1/messages"],
  listParticipants: ["GET", "/v1/events/{id}/participants"],
  listPasskeys: ["GET", "/v1/passkeys"],
  listPractitioners: ["GET", "/v1/practitioners"],
  listRooms: ["GET", "/v1/rooms"],
  listSchedules: ["GET", "/v1/schedules"],
  listServices: ["GET", "/v1/services"],
  listSessions: ["GET", "/v1/sessions"],
  listTasks: ["GET", "/v1/tasks"],
  listTemplates: ["GET", "/v1/templates"],
  listTenants: ["GET", "/v1/tenants"],
  listVendors: ["GET", "/v1/vendors"],
  noShowAppointment: ["POST", "/v1/appointments/{id}/no-show"],
  openEnrolment: ["POST", "/v1/session/enrolment"],
  optIn: ["POST", "/v1/patients/{id}/opt-in"],
  optOut: ["POST", "/v1/patients/{id}/opt-out"],
  placeHold: ["POST", "/v1/holds"],
  previewTemplate: ["POST", "/v1/templates/preview"],
  proveJournalEntry: ["GET", "/v1/audit/proofs/inclusion"],
  proveJournalGrowth: ["GET", "/v1/audit/proofs/consistency"],
  reassignAppointment: ["POST", "/v1/appointments/{id}/reassign"],
  recordAgreement: ["POST", "/v1/vendors/{id}/agreement"],
  reinstateAppointment: ["POST", "/v1/appointments/{id}/reinstate"],
  releaseHold: ["DELETE", "/v1/holds/{id}"],
  remindInvitation: ["POST", "/v1/invitations/{id}/remind"],
  removeClosure: ["DELETE", "/v1/closures/{id}"],
  removePasskey: ["DELETE", "/v1/passkeys/{id}"],
  removeScheduleOverride: ["DELETE", "/v1/schedules/{id}/overrides/{date}"],
  requestCode: ["POST", "/v1/session/code"],
  rescheduleAppointment: ["POST", "/v1/appointments/{id}/reschedule"],
  revokeFeed: ["DELETE", "/v1/feeds/{id}"],
  revokeLinks: ["POST", "/v1/links/revoke"],
  rotateFeed: ["POST", "/v1/feeds/{id}/rotate"],
  searchOpenings: ["POST", "/v1/openings/search"],
  searchPatients: ["POST", "/v1/patients/search"],
  setScheduleOverride: ["PUT", "/v1/schedules/{id}/overrides/{date}"],
  signInWithPasskey: ["POST", "/v1/session/passkey"],
  startImport: ["POST", "/v1/imports"],
  stepUpSession: ["POST", "/v1/session/step-up"],
  verifyCode: ["POST", "/v1/session/code/verify"],
};
