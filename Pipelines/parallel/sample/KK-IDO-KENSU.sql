SELECT 課税更正日 AS 更正日, count(*) AS "旧.資格異動世帯数", sum(履歴番号 > 1) AS "新.課税更正世帯数", sum(EXISTS (
    SELECT 1 FROM 収納_調定 AS 調定
    WHERE 調定.賦課年度 = 更正.賦課年度 AND 調定.相当年度 = 更正.相当年度 AND 調定.通知書番号 = 更正.通知書番号 AND 科目コード = 'B2')) AS "新.税額異動世帯数"
FROM 国保更正 AS 更正 WHERE 更正事由 IN ('10', '40', '50') GROUP BY 1 ORDER BY 1
