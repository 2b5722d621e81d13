SELECT 通知書番号, 義務者宛名番号 AS 義務者, 課税標準額_都計計 AS "旧.都計課税標準", 都市計画税額 FROM 固定資産税_賦課
WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1' ORDER BY 1
