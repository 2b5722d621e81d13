SELECT 保険者, substr(収入日, 1, 7) AS 収入月, count(*) AS "旧.徴収結果件数", count(*) AS "新.消込件数"
FROM 収納_収納履歴 JOIN 年金保険者 USING (宛名番号), 対象
WHERE 科目コード = 'B2' AND 期別 GLOB '0[A-F]' AND 取消フラグ = '0' AND 収入日 BETWEEN date(日, '-12 months') AND 日
GROUP BY 1, 2 ORDER BY 1, 2
