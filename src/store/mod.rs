//! What is remembered: watches, versions, changes, alerts, deliveries. The only module that holds SQL.
