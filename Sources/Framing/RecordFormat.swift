import Evidence
import Records
